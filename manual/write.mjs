import { build } from 'esbuild';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

// man/assume.1 and completions/, made of the program's own tables, for those who package it.

/** Writes them below the root. */
export async function writeManual(root, version) {
  const { manualFiles } = await load(root, 'manual/manual.ts');
  for (const [path, text] of Object.entries(manualFiles(version))) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** What a module of TypeScript exports. It lies beside node_modules for a moment, where packages are found. */
async function load(root, entryPoint) {
  const outfile = join(root, 'dist/manual.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    bundle: true,
    outfile,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile);
  }
}
