import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// dist/licenses.txt: what is bundled from other people's packages, with their licences, as these ask.

const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const TEXT = /^(licen[cs]e|notice|copying)(\.|-|$)/i;

/** Packages that come without a text, and one of the same repository that has it. */
const SAME_TEXT = {
  '@aws-sdk/nested-clients': '@aws-sdk/core',
  'proxy-agent-negotiate': 'https-proxy-agent',
};

const directories = new Set();

/** Notes the packages of which something went into a bundle. */
export function noteLicenses({ inputs, outputs }) {
  const bundled = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 && path in inputs ? [path] : [],
    ),
  );
  for (const path of bundled) {
    const [directory] = PACKAGE.exec(path) ?? [];
    if (directory !== undefined && !path.startsWith('unreached:')) directories.add(directory);
  }
}

/** Writes the noted ones, in order. */
export function writeLicenses(root) {
  const parts = [...directories].sort().map((directory) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(root, directory, 'package.json'), 'utf8'),
    );
    const place = join(root, SAME_TEXT[name] ? `node_modules/${SAME_TEXT[name]}` : directory);
    const files = readdirSync(place).filter((file) => TEXT.test(file));
    if (!license || files.length === 0) throw new Error(`${name} comes without a licence`);
    const texts = files.map((file) => readFileSync(join(place, file), 'utf8').trim());
    return [`## ${name} ${version} (${license})`, ...texts].join('\n\n');
  });
  const title = 'assume-cli holds parts of these packages:';
  writeFileSync(join(root, 'dist/licenses.txt'), `${[title, ...parts].join('\n\n')}\n`);
}
