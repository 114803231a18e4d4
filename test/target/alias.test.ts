import { describe, expect, it } from 'vitest';
import { aliasOf, wordsForUs } from '../../src/target/alias.js';
import { configuredHost } from '../support/configured-host.js';

describe('a profile whose process is', () => {
  it.each([
    ['assume credential-process prod', ['prod']],
    ['/usr/local/bin/assume credential-process prod --quiet', ['prod', '--quiet']],
    ['assume  credential-process\tprod', ['prod']],
    ['assume.cmd credential-process prod', ['prod']],
    ['assume.exe credential-process prod', ['prod']],
    ['/x/bin/assume.cjs credential-process prod', ['prod']],
    [String.raw`C:\tools\assume.cmd credential-process prod`, ['prod']],
    ['/opt/assume-linux-x64 credential-process prod', ['prod']],
    ['./assume-darwin-arm64 credential-process prod', ['prod']],
    ['assume-linux-arm64-musl credential-process prod', ['prod']],
    [String.raw`C:\tools\assume-windows-x64.exe credential-process prod`, ['prod']],
    ['assume-linux credential-process prod', null],
    ['assume-linux-x64-old credential-process prod', null],
    ['"/usr/bin/assume" credential-process prod', ['prod']],
    [String.raw`"C:\Program Files\assume\assume.cmd" credential-process prod`, ['prod']],
    ["'/my tools/assume' credential-process prod", ['prod']],
    ['assume credential-process "prod"', ['prod']],
    ["assume credential-process 'prod'", ['prod']],
    ['assume credential-process "my account/role"', ['my account/role']],
    [
      "assume credential-process 'my account/role' --region x",
      ['my account/role', '--region', 'x'],
    ],
    ['assume credential-process', []],
    ['assume export prod', null],
    ['assume-role credential-process prod', null],
    ['granted credential-process --profile prod', null],
    ['cat credentials', null],
    ['sh -c "assume credential-process prod"', ['prod']],
    ['/bin/bash -lc "exec assume credential-process prod --quiet"', ['prod', '--quiet']],
    [`zsh -c "assume credential-process 'my account/role'"`, ['my account/role']],
    ['env assume credential-process prod', ['prod']],
    ['/usr/bin/env node /lib/assume-cli/bin/assume.cjs credential-process prod', ['prod']],
    ['node.exe "C:/Program Files/assume.cjs" credential-process prod', ['prod']],
    ['npx assume credential-process prod', ['prod']],
    ['npx --yes assume-cli credential-process prod', ['prod']],
    ['npx.cmd -y -- assume-cli credential-process prod', ['prod']],
    ['env AWS_PROFILE=other assume credential-process prod', null],
    ['env -i assume credential-process prod', null],
    ['sh -c "assume credential-process prod | jq ."', null],
    ['sh -c "assume credential-process $ROLE"', null],
    ['sh -c "cd /x; assume credential-process prod"', null],
    ['sh -c "assume credential-process prod" more', null],
    ['sh assume credential-process prod', null],
    ['other-tool exec base -- assume credential-process prod', null],
    ['node', null],
    ['npx assume export prod', null],
    ['sh -c assume', null],
    ['', null],
  ])('%j is another name of %j', (line, words) => {
    const { config } = configuredHost({ config: `[profile p]\ncredential_process = ${line}\n` });
    const profile = config.aws.profiles.get('p');
    expect(profile && aliasOf(profile)).toEqual(words);
    expect(wordsForUs(line)).toEqual(words);
  });
});
