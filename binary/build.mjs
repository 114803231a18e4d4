import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Makes build/assume-TARGET, one executable file with everything in it: the chunks of dist, their
// bytecode, Bun, and the native module of the keychain. Run after build.mjs, by Node:
//   node binary/build.mjs [linux-x64 | linux-arm64 | darwin-x64 | darwin-arm64 | windows-x64 …]

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const { devDependencies, optionalDependencies } = require('../package.json');

/** What each is called by Bun, and by the package of the keychain. */
const TARGETS = {
  'linux-x64': ['linux-x64', 'linux-x64-gnu'],
  'linux-x64-musl': ['linux-x64-musl', 'linux-x64-musl'],
  'linux-arm64': ['linux-aarch64', 'linux-arm64-gnu'],
  'linux-arm64-musl': ['linux-aarch64-musl', 'linux-arm64-musl'],
  'darwin-x64': ['darwin-x64', 'darwin-x64'],
  'darwin-arm64': ['darwin-aarch64', 'darwin-arm64'],
  'windows-x64': ['windows-x64', 'win32-x64-msvc'],
  'windows-arm64': ['windows-aarch64', 'win32-arm64-msvc'],
};

/** What runs here, as `linux-x64`. */
const HERE = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/**
 * No file of the directory that the program is run in may change what it does: by default Bun reads
 * `.env` there, and runs what `bunfig.toml` names.
 */
const HARDENED = [
  '--no-compile-autoload-dotenv',
  '--no-compile-autoload-bunfig',
  '--no-compile-autoload-tsconfig',
  '--no-compile-autoload-package-json',
];

const target = process.argv[2] ?? HERE;
if (!(target in TARGETS))
  throw new Error(`no target ${target}: ${Object.keys(TARGETS).join(', ')}`);
const [bunName, keyringName] = TARGETS[target];
const work = join(root, 'build', `work-${target}`);
const outfile = join(root, 'build', `assume-${target}`);

/** The directory of a platform's package: installed, or fetched by npm at the version that we pin. */
function packageOf(name, version) {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    const npm = ['pack', '--silent', '--pack-destination', work, `${name}@${version}`];
    const file = execFileSync('npm', npm, { encoding: 'utf8' }).trim();
    const directory = join(work, file.replace(/\.tgz$/, ''));
    mkdirSync(directory);
    execFileSync('tar', ['-xzf', join(work, file), '-C', directory, '--strip-components=1']);
    return directory;
  }
}

const bunOf = (name) => {
  const directory = packageOf(`@oven/bun-${name}`, devDependencies.bun);
  return join(directory, 'bin', name.startsWith('windows') ? 'bun.exe' : 'bun');
};

/** Where the program begins; no chunk may have that name. */
const ENTRY = 'entry.cjs';

/** The chunks, with the native module among them, and the entry. */
function gather() {
  const native = packageOf(
    `@napi-rs/keyring-${keyringName}`,
    optionalDependencies['@napi-rs/keyring'],
  );
  copyFileSync(join(native, `keyring.${keyringName}.node`), join(work, 'keyring.node'));
  copyFileSync(join(root, 'binary', ENTRY), join(work, ENTRY));
  for (const name of readdirSync(join(root, 'dist'))) {
    if (!name.endsWith('.cjs')) continue;
    const text = readFileSync(join(root, 'dist', name), 'utf8');
    const whole = text.replaceAll('require("@napi-rs/keyring")', 'require("./keyring.node")');
    writeFileSync(join(work, name), whole, { flag: 'wx' });
  }
}

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
gather();
const words = ['--compile', '--bytecode', '--minify', ...HARDENED, `--outfile=${outfile}`];
// What it is compiled with is given: else Bun would fetch it.
const cross = [`--target=bun-${bunName}`, `--compile-executable-path=${bunOf(bunName)}`];
execFileSync(bunOf(TARGETS[HERE][0]), ['build', `./${ENTRY}`, ...words, ...cross], {
  cwd: work,
  stdio: 'inherit',
});
rmSync(work, { recursive: true });
