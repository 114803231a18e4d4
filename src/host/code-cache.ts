import { closeSync, fstatSync, openSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makePrivateDirectory, provePrivateDirectory } from './private-directory.js';
import { removeQuietly, writePrivate } from './write-private.js';

/** Smaller chunks are compiled sooner than their cache is read. */
const LEAST_BYTES = 50_000;

/** SHA-256. V8 itself believes what it reads. */
const DIGEST_BYTES = 32;

/** How Node loads a file of some ending: deprecated, and there to stay. */
type Loader = (module: LoadedModule, path: string) => void;

interface LoadedModule {
  exports: unknown;
  readonly require: NodeJS.Require;
}

/** A chunk that was compiled, and what of it had to be compiled afresh. */
interface Compiled {
  readonly script: { createCachedData(): Buffer };
  readonly place: string;
}

/**
 * Keeps what V8 compiled of our large chunks from one run to the next: most of a run that asks AWS
 * goes by in compiling. Whoever can write what is kept runs code as us: it is believed in a directory
 * of ours alone and as a file of ours alone, and only whole. Whatever is odd about it is passed over
 * without a word; it only spares time.
 *
 * @param dist - Where our chunks are.
 * @param directory - Where it is kept; made when there is something to keep.
 * @param build - Tells one build's chunks from another's; V8 looks at no more than their length.
 */
export function keepCompiled(dist: string, directory: string, build: string): void {
  const { extensions } = require as unknown as { extensions: Record<string, Loader> };
  const load = extensions['.js'];
  const afresh: Compiled[] = [];
  let asksAws = false;
  const begun = Date.now();
  const suffix = `-${process.version}-${process.arch}.${build}`;
  const compile: Loader = (module, path) => {
    const compiled = dirname(path) === dist ? readChunk(path) : null;
    if (compiled === null) {
      load?.(module, path);
      return;
    }
    asksAws ||= basename(path).startsWith('aws-');
    const place = join(directory, `${basename(path, '.cjs')}${suffix}`);
    const made = runChunk(module, path, compiled, readKept(directory, place));
    if (made) afresh.push({ script: made, place });
  };
  extensions['.cjs'] = compile;
  // What ran is compiled by then, too. Whoever only looks at something leaves nothing behind.
  process.once('exit', () => {
    if (asksAws) for (const each of afresh) keep(directory, each, begun);
  });
}

/** Its text; `null` for one that is too small. */
function readChunk(path: string): string | null {
  const text = readFileSync(path, 'utf8');
  return text.length < LEAST_BYTES ? null : text;
}

/** @returns The script where it had to be compiled. */
function runChunk(
  module: LoadedModule,
  path: string,
  text: string,
  cachedData: Buffer | null,
): Compiled['script'] | null {
  const { Script } = process.getBuiltinModule('node:vm');
  const node = process.getBuiltinModule('node:module') as unknown as { wrap(text: string): string };
  const script = new Script(node.wrap(text), {
    filename: path,
    ...(cachedData && { cachedData }),
  });
  const start = script.runInThisContext() as (...given: unknown[]) => void;
  const require = module.require.bind(module);
  start.call(module.exports, module.exports, require, module, path, dirname(path));
  return cachedData && script.cachedDataRejected === false ? null : script;
}

/** `null` for what is not there, not ours alone, or not whole. */
function readKept(directory: string, place: string): Buffer | null {
  try {
    if (!provePrivateDirectory(directory)) return null;
    const bytes = readOwnBytes(place);
    const data = bytes.subarray(DIGEST_BYTES);
    return digest(place, data).equals(bytes.subarray(0, DIGEST_BYTES)) ? data : null;
  } catch {
    return null;
  }
}

function readOwnBytes(path: string): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const { uid, mode } = fstatSync(descriptor);
    const isOurs = process.getuid === undefined || uid === process.getuid();
    if (!isOurs || (mode & 0o077) !== 0) throw new Error('not ours alone');
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Of many that began at once, the first that ends does it for all. */
function keep(directory: string, { script, place }: Compiled, begun: number): void {
  try {
    if ((statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? 0) > begun) return;
    makePrivateDirectory(directory);
    removeOthers(directory, basename(place));
    const data = script.createCachedData();
    writePrivate(place, Buffer.concat([digest(place, data), data]));
  } catch {
    // It only spares time.
    return;
  }
}

/** Those of the same chunk for the same Node that other builds left. */
function removeOthers(directory: string, name: string): void {
  const stem = name.slice(0, name.lastIndexOf('.') + 1);
  for (const other of readdirSync(directory)) {
    if (other.startsWith(stem) && other !== name) removeQuietly(join(directory, other));
  }
}

/** Of the name, too: what was kept of another chunk is none of this. */
function digest(place: string, data: Buffer): Buffer {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256')
    .update(`${basename(place)}\n`)
    .update(data)
    .digest();
}
