import { build } from 'esbuild';
import { readFileSync, rmSync } from 'node:fs';
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

rmSync(resolve(root, 'dist'), { recursive: true, force: true });
for (const built = new Set(); built.size < chunks.size;) {
  for (const [name, entry] of chunks) {
    if (built.has(name)) continue;
    built.add(name);
    await build({
      entryPoints: [entry],
      outfile: resolve(root, 'dist', `${name}.cjs`),
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      target: 'node20.17',
      format: 'cjs',
      minify: true,
      keepNames: false,
      legalComments: 'none',
      charset: 'utf8',
      supported: { 'dynamic-import': false },
      define: { ASSUME_VERSION: JSON.stringify(version) },
      plugins: [dynamicImportsAreChunks],
      logLevel: 'warning',
    });
  }
}
