import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles one of `programs/` as the product is bundled, so that real processes can run it, and gives
 * the words that start it.
 */
export async function buildProgram(name: string, directory: string): Promise<[string, string]> {
  const outfile = join(directory, `${name}.cjs`);
  await build({
    entryPoints: [join(import.meta.dirname, 'programs', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Native, and nothing that these programs reach.
    external: ['@napi-rs/keyring'],
    logLevel: 'error',
  });
  return [process.execPath, outfile];
}
