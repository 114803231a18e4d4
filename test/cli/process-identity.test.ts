import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installProgram } from '../support/install-program.js';
import { processJson } from '../support/machine-kinds.js';
import { issueMachineRole } from '../support/machine-role.js';
import type { Practice } from '../support/practice.js';
import { startProgram } from '../support/started-program.js';
import { lastRequest, printed, usePractice, withCode } from '../support/use-practice.js';

const ROLE = 'role_arn = arn:aws:iam::222222222222:role/dev-role\nrole_session_name = jane\n';

/** A program of the home, which notes that it ran and then does what the script says. */
function program(practice: Practice, name: string, script: string): string {
  const log = join(practice.home.path, 'ran.log');
  const path = practice.write(`bin/${name}`, `#!/bin/sh\necho ${name} >> '${log}'\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

function timesRun({ home }: Practice): number {
  const log = join(home.path, 'ran.log');
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').length : 0;
}

/** A practice whose profile `p` has that process, with a role behind it. */
function configure(practice: Practice, command: string, lines = ''): void {
  practice.write(
    '.aws/config',
    `[profile p]\ncredential_process = ${command}\n${lines}[profile dev]\n${ROLE}source_profile = p\n`,
  );
}

const longTerm = (practice: Practice): string => {
  const { id, secret } = practice.key('jane.doe');
  return JSON.stringify({ Version: 1, AccessKeyId: id, SecretAccessKey: secret });
};

describe('long-term keys of a process', () => {
  it('are never what a target gives: they buy a session, once', async () => {
    const practice = await usePractice();
    configure(practice, program(practice, 'keys', `echo '${longTerm(practice)}'`));
    const first = printed(await practice.run(['credential-process', 'p']));
    expect(first.AccessKeyId).toMatch(/^ASIA/);
    expect(practice.received()).toEqual(['GetSessionToken']);
    expect(lastRequest(practice, 'GetSessionToken').signedBy).toBe(practice.key('jane.doe').id);
    expect(printed(await practice.run(['credential-process', 'p']))).toEqual(first);
    expect([practice.received(), timesRun(practice)]).toEqual([[], 1]);
  });

  it('are handed over when they are asked for by --long-term', async () => {
    const practice = await usePractice();
    configure(practice, program(practice, 'keys', `echo '${longTerm(practice)}'`));
    const keys = printed(await practice.run(['credential-process', 'p', '--long-term']));
    expect(keys).toMatchObject({ AccessKeyId: practice.key('jane.doe').id });
    expect(practice.received()).toEqual([]);
  });

  it('buy an MFA session with one code for every role', async () => {
    const practice = await usePractice();
    const keys = program(practice, 'keys', `echo '${longTerm(practice)}'`);
    configure(practice, keys, `mfa_serial = ${practice.serial('jane.doe')}\n`);
    printed(await practice.run(['credential-process', 'dev'], withCode(practice)));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    printed(await practice.run(['credential-process', 'p']));
    expect([practice.received(), timesRun(practice)]).toEqual([[], 1]);
  });

  it('and temporary ones after them each have their own roles', async () => {
    const practice = await usePractice();
    practice.write('keys.json', longTerm(practice));
    configure(practice, program(practice, 'keys', 'cat "$HOME/keys.json"'));
    const args = ['credential-process', 'dev'];
    printed(await practice.run(args));
    expect(lastRequest(practice, 'AssumeRole').signedBy).toMatch(/^AKIA/);
    practice.write('keys.json', processJson(issueMachineRole(practice)));
    printed(await practice.run([...args, '--refresh']));
    expect(lastRequest(practice, 'AssumeRole').signedBy).toMatch(/^ASIA/);
    expect(practice.received()).toEqual(['AssumeRole', 'AssumeRole']);
  });
});

describe('temporary credentials of a process without an end', () => {
  const endless = (practice: Practice): string =>
    JSON.stringify({
      ...JSON.parse(processJson(issueMachineRole(practice))),
      Expiration: undefined,
    });

  it('are handed over without one, and never kept', async () => {
    const practice = await usePractice();
    configure(practice, program(practice, 'keys', `echo '${endless(practice)}'`));
    const first = printed(await practice.run(['credential-process', 'p']));
    expect(first).toMatchObject({ AccessKeyId: expect.stringMatching(/^ASIA/) as string });
    expect(first).not.toHaveProperty('Expiration');
    expect(printed(await practice.run(['credential-process', 'p']))).toEqual(first);
    expect([practice.received(), timesRun(practice)]).toEqual([[], 2]);
  });

  it('assume roles, which are kept', async () => {
    const practice = await usePractice();
    configure(practice, program(practice, 'keys', `echo '${endless(practice)}'`));
    const first = printed(await practice.run(['credential-process', 'dev']));
    expect(printed(await practice.run(['credential-process', 'dev']))).toEqual(first);
    expect([practice.received(), timesRun(practice)]).toEqual([['AssumeRole'], 1]);
  });
});

describe('a credential process', () => {
  it.each([
    ['ends with a status', 'echo no such vault >&2; exit 3', 6, 'its process ended with status 3'],
    ['is killed', 'kill -9 $$', 6, 'its process was killed by SIGKILL'],
    ['prints a page', "echo '<html>hunter22</html>'", 6, 'its process printed no JSON object'],
    ['prints nothing', 'true', 6, 'its process printed no JSON object'],
    ['prints half', `echo '{"Version": 1, "SecretAccessKey": "hunter22'`, 6, 'printed no JSON'],
    ['prints a version in quotes', `echo '{"Version": "1"}'`, 6, '"Version": 1'],
    ['prints without end', 'yes hunter22', 6, 'its process printed more than 1 MiB'],
    [
      'prints what has expired',
      'echo \'{"Version":1,"AccessKeyId":"ASIAIOSFODNN7EXAMPLE","SecretAccessKey":"hunter22","SessionToken":"hunter22","Expiration":"2020-01-01T00:00:00Z"}\'',
      6,
      'they expired at 2020-01-01T00:00:00Z',
    ],
  ])('that %s is told so, and not what it printed', async (_what, script, status, problem) => {
    const practice = await usePractice();
    configure(practice, program(practice, 'keys', script));
    for (const target of ['p', 'dev']) {
      const ended = await practice.run(['credential-process', target, '--debug']);
      expect(ended).toMatchObject({ status, stdout: '' });
      expect(ended.stderr).toContain(`p (${practice.home.path}/.aws/config:2:22): `);
      expect(ended.stderr).toContain(problem);
      expect(ended.stderr).not.toContain('hunter22');
    }
    expect(practice.received()).toEqual([]);
  });

  it.each([
    ['nowhere', '/nonexistent/keys', 'there is no file /nonexistent/keys'],
    ['no program', 'HOME/.aws/config', 'config is no program that may be run'],
  ])('that is %s is a matter of configuration', async (_what, command, problem) => {
    const practice = await usePractice();
    configure(practice, command.replace('HOME', practice.home.path));
    const ended = await practice.run(['credential-process', 'p']);
    expect(ended).toMatchObject({ status: 3, stdout: '' });
    expect(ended.stderr).toContain(problem);
  });

  it('is found on PATH, and given its words by no shell', async () => {
    const practice = await usePractice();
    const json = processJson(issueMachineRole(practice));
    program(practice, 'get-keys', `printf '%s|' "$@" > "$HOME/words"; echo '${json}'`);
    configure(practice, `get-keys 'a b' "c\\"d" $HOME ~ * e\\ f`);
    const env = { PATH: `${join(practice.home.path, 'bin')}:${practice.env['PATH'] ?? ''}` };
    printed(await practice.run(['credential-process', 'p'], { env }));
    const words = readFileSync(join(practice.home.path, 'words'), 'utf8');
    expect(words).toBe('a b|c"d|$HOME|~|*|e f|');
  });

  it('takes nothing of the stdin that is for the command', async () => {
    const practice = await usePractice();
    const json = processJson(issueMachineRole(practice));
    configure(practice, program(practice, 'keys', `cat >&2; echo '${json}'`));
    const ended = await practice.run(['exec', 'p', '--', 'cat'], { input: 'one\ntwo\n' });
    expect(ended).toMatchObject({ status: 0, stdout: 'one\ntwo\n' });
  });

  it('is not heard while all goes well', async () => {
    const practice = await usePractice();
    const json = processJson(issueMachineRole(practice));
    configure(practice, program(practice, 'keys', `echo chatter >&2; echo '${json}'`));
    const ended = await practice.run(['credential-process', 'p', '--quiet']);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
  });

  it.each(['plan', 'plan --json', 'list', 'export', 'export --debug', 'config check'])(
    'shows the words of its command line to nobody: %s',
    async (how) => {
      const practice = await usePractice();
      const failing = program(practice, 'keys', 'echo "bad: $*" >&2; exit 3');
      configure(practice, `${failing} --password hunter2secret --token=topsecret`);
      const [command = '', ...options] = how.split(' ');
      const target = ['list', 'config'].includes(command) ? [] : ['p'];
      const ended = await practice.run([command, ...target, ...options]);
      if (command === 'export') {
        expect(ended.status).toBe(6);
        expect(ended.stderr).toContain(
          `p (${practice.home.path}/.aws/config:2:22): its process ended`,
        );
        expect(ended.stderr).toContain('status 3; it said:');
      } else expect(ended.status).toBe(0);
      expect(`${ended.stdout}${ended.stderr}`).not.toMatch(/hunter2secret|topsecret/);
    },
  );

  it('that fails ends all who wait for it, for the same reason', async () => {
    const practice = await usePractice();
    const gate = join(practice.home.path, 'gate');
    execFileSync('mkfifo', [gate]);
    const script = `read line < '${gate}'; echo no such vault >&2; exit 3`;
    configure(practice, program(practice, 'keys', script));
    const args = ['credential-process', 'p'];
    const waiting = 'waiting for another assume';
    const [first, second] = [startProgram(practice, args), startProgram(practice, args)];
    await Promise.race([first.said(waiting), second.said(waiting)]);
    writeFileSync(gate, 'go\n');
    for (const ended of await Promise.all([first.ended, second.ended])) {
      expect(ended.status).toBe(6);
      expect(ended.stderr).toContain('no such vault');
    }
    expect(timesRun(practice)).toBe(1);
  });

  it('that runs assume for its own credentials is not run again', async () => {
    const practice = await usePractice();
    const path = installProgram(practice.home);
    const script = `PATH='${path}' exec assume credential-process dev`;
    const wrapper = program(practice, 'keys', script);
    configure(practice, wrapper);
    const ended = await practice.run(['credential-process', 'dev']);
    expect(ended.status).toBe(6);
    expect(ended.stderr).toContain('its process runs assume, which would run it again');
    expect([timesRun(practice), practice.received()]).toEqual([1, []]);
  });

  it('that is assume itself is no start for a chain, and never run', async () => {
    const practice = await usePractice();
    configure(practice, 'assume credential-process base');
    const ended = await practice.run(['credential-process', 'dev']);
    expect(ended.status).toBe(3);
    expect(ended.stderr).toContain('nothing can start from profile p');
    expect(ended.stderr).toContain('it only stands for base');
    expect(practice.received()).toEqual([]);
  });

  it("in a target's shell has the environment from before it", async () => {
    const practice = await usePractice();
    const json = processJson(issueMachineRole(practice));
    const keys = program(practice, 'keys', `env > "$HOME/env"; echo '${json}'`);
    configure(practice, keys);
    const delivered = {
      ASSUME_TARGET: 'prod',
      AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'fake',
      AWS_SESSION_TOKEN: 'fake',
      ASSUME_BEFORE_AWS_PROFILE: 'mine',
    };
    printed(await practice.run(['credential-process', 'p'], { env: delivered }));
    const lines = readFileSync(join(practice.home.path, 'env'), 'utf8').split('\n');
    expect(lines).toContain('AWS_PROFILE=mine');
    expect(lines.filter((line) => /^(AWS_.*(KEY|TOKEN)|ASSUME_TARGET)/.test(line))).toEqual([]);
  });
});
