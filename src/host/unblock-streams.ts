/** What of `bun:ffi` is used here. */
interface Ffi {
  dlopen(
    library: string,
    symbols: object,
  ): { symbols: { fcntl: (descriptor: number, command: number, value: number) => number } };
}

/** Of Linux: F_GETFL, F_SETFL and O_NONBLOCK, alike on x64 and arm64. */
const GET_FLAGS = 3;
const SET_FLAGS = 4;
const NON_BLOCKING = 0o4000;

/**
 * Makes our standard streams block again, for a program that takes them over: it would take EAGAIN
 * for an error and lose output. Node has made pipes non-blocking if anything, even a stream of its
 * own, has looked at `process.stdout`; `spawn` undoes it by itself, `process.execve` does not (24.9).
 * Bun (1.4.5), which the stand-alone executable holds, undoes it nowhere, and has no way to but fcntl(2).
 */
export function unblockStreams(): void {
  if ('bun' in process.versions) unblockByFcntl();
  else unblockByHandle();
}

function unblockByHandle(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const { _handle: handle } = stream as { _handle?: { setBlocking?(isBlocking: boolean): void } };
    handle?.setBlocking?.(true);
  }
}

/** On macOS it is not tried: its variadic calls differ. A libc of another name is left alone. */
function unblockByFcntl(): void {
  if (process.platform !== 'linux') return;
  const ffi = process.getBuiltinModule('bun:ffi') as Ffi;
  const types = { args: ['i32', 'i32', 'i32'], returns: 'i32' };
  try {
    const { fcntl } = ffi.dlopen('libc.so.6', { fcntl: types }).symbols;
    for (const descriptor of [1, 2]) {
      const flags = fcntl(descriptor, GET_FLAGS, 0);
      if (flags > 0) fcntl(descriptor, SET_FLAGS, flags & ~NON_BLOCKING);
    }
  } catch {
    return;
  }
}
