import { build, transform } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { noteLicenses, writeLicenses } from './licenses.mjs';
import { writeManual } from './manual/write.mjs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// Bundles src into dist as CommonJS, which Node loads faster than ES modules. What the sources
// reach by `import()` becomes a chunk of its own, loaded by a plain `require` when it is needed.

const root = dirname(fileURLToPath(import.meta.url));
const sources = resolve(root, 'src');
const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));

/** The program, and one that it runs to find out whether the system keychain can be used. */
const chunks = new Map([
  ['start', resolve(sources, 'start.ts')],
  ['prove-keychain', resolve(sources, 'host/prove-keychain.ts')],
]);

/** Native code, which no bundle can hold: installed beside us, or not. */
const NATIVE = ['@napi-rs/keyring'];

/**
 * What is never reached is left out: the SDK's own search for credentials, since each client is given
 * some; what only a browser runs; a package for logins at proxies that we do not make, which would
 * be used wherever it is found; and modules of Node that take long to load, for HTTP/2 and checksums that
 * no client of ours asks for.
 */
const UNREACHED = new Map([
  ['@aws-sdk/credential-provider-node', 'module.exports = {};'],
  ['bowser', 'module.exports = {};'],
  ['node:http2', 'module.exports = { constants: {} };'],
  ['node:zlib', 'module.exports = {};'],
  ['kerberos', "throw new Error('left out');"],
]);

const unreachedIsLeftOut = {
  name: 'what is never reached is left out',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path, importer }) => {
      // commander would run commands that are programs of their own; loading what for takes long.
      const isUnreached = path === 'node:child_process' && /[\\/]commander[\\/]/.test(importer);
      return isUnreached || UNREACHED.has(path) ? { path, namespace: 'unreached' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'unreached' }, ({ path }) => ({
      contents: UNREACHED.get(path) ?? 'module.exports = {};',
    }));
  },
};

/** The chunk's name: its path below src, or the package's name. */
function chunkName(specifier, importer) {
  if (!specifier.startsWith('.')) return specifier.replace(/^@/, '').replaceAll('/', '-');
  const file = resolve(dirname(importer), specifier).replace(/\.js$/, '.ts');
  return relative(sources, file).replace(/\.ts$/, '').replaceAll('/', '-');
}

const dynamicImportsAreChunks = {
  name: 'dynamic imports are chunks',
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ kind, path, importer }) => {
      if (kind !== 'dynamic-import' || !importer.startsWith(sources)) return undefined;
      if (NATIVE.includes(path)) return { external: true };
      const name = chunkName(path, importer);
      const entry = path.startsWith('.')
        ? resolve(dirname(importer), path).replace(/\.js$/, '.ts')
        : path;
      if (!chunks.has(name)) chunks.set(name, entry);
      return { path: `./${name}.cjs`, external: true };
    });
  },
};

/** Tells one build from another: what one has kept for itself, no other may use. */
function buildId() {
  const hash = createHash('sha256').update(version).update(process.version);
  for (const file of readdirSync(sources, { recursive: true }).sort()) {
    if (file.endsWith('.ts')) hash.update(file).update(readFileSync(resolve(sources, file)));
  }
  return hash
    .update(readFileSync(resolve(root, 'package-lock.json')))
    .digest('hex')
    .slice(0, 16);
}
const ids = { ASSUME_VERSION: JSON.stringify(version), ASSUME_BUILD: JSON.stringify(buildId()) };

rmSync(resolve(root, 'dist'), { recursive: true, force: true });
mkdirSync(resolve(root, 'dist'));
/** A chunk of ours is what it seems: it needs nothing around it that makes a module of a `require`. */
const plainRequires = (code) =>
  code.replace(/[\w$]+\((require\("\.\/[\w-]+\.cjs"\))(?:,1)?\)/g, '$1');

const shared = { platform: 'node', target: 'node20.17', format: 'cjs', charset: 'utf8' };

for (const built = new Set(); built.size < chunks.size;) {
  for (const [name, entry] of chunks) {
    if (built.has(name)) continue;
    built.add(name);
    const bundle = await build({
      ...shared,
      metafile: true,
      entryPoints: [entry],
      absWorkingDir: root,
      bundle: true,
      minify: true,
      write: false,
      legalComments: 'none',
      supported: { 'dynamic-import': false },
      define: ids,
      plugins: [unreachedIsLeftOut, dynamicImportsAreChunks],
      logLevel: 'warning',
    });
    noteLicenses(bundle.metafile);
    const code = plainRequires(bundle.outputFiles[0].text);
    const { code: small } = await transform(code, { ...shared, minify: true, treeShaking: true });
    writeFileSync(resolve(root, 'dist', `${name}.cjs`), small);
  }
}
writeLicenses(root);
await writeManual(root, version);
