import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { findTool } from './tools.js';

/** A program in a terminal of its own, of 24 lines. */
export interface Terminal {
  /** Everything the program has written, escape sequences included. */
  readonly output: string;
  /** The same without escape sequences and carriage returns: what `waitFor` reads. */
  readonly text: string;
  /** Sends keys: `\r` is Enter, `\t` TAB, `\x03` Ctrl-C, `\x1a` Ctrl-Z. */
  type(keys: string): void;
  /**
   * Waits until the pattern appears after the end of the last match.
   *
   * @returns what was shown from there up to the end of the match.
   * @throws Error with that output when the deadline passes or the program ends without it.
   */
  waitFor(pattern: RegExp | string, timeoutMs?: number): Promise<string>;
  /** Waits until the program ends. A signal is 128 and its number, as a shell says it. */
  end(timeoutMs?: number): Promise<{ status: number }>;
  /** Kills what still runs of the terminal's whole session, background jobs included. */
  close(): Promise<void>;
}

export interface TerminalOptions {
  /** The whole environment of the program; nothing is inherited. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** 80 where nothing else is said. */
  readonly columns?: number;
}

const DEADLINE_MS = 15_000;

/**
 * Makes the pseudo-terminal and relays it: what is shown in one thread, what is typed in another, so
 * that neither waits for the other. Ends with the child's status; when its stdin closes it kills
 * every process of the session. No signal tells it to: one that comes just before a system call
 * waits, its handler not run, for that call to return (Python runs handlers between instructions).
 *
 * @see https://docs.python.org/3/library/signal.html#execution-of-python-signal-handlers
 */
const RELAY = `
import fcntl, os, pty, signal, struct, sys, termios, threading
def session(child):
    for name in os.listdir('/proc') if os.path.isdir('/proc/self') else []:
        try:
            with open('/proc/%s/stat' % name) as stat:
                if int(stat.read().rpartition(')')[2].split()[3]) == child: yield int(name)
        except (OSError, ValueError, IndexError): pass
def kill(child):
    for pid in [*session(child), -child]:
        try: os.kill(pid, signal.SIGKILL)
        except OSError: pass
child, device = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(sys.argv[1]), 0, 0))
    try: os.execvp(sys.argv[2], sys.argv[2:])
    finally: os._exit(127)
def type_keys():
    while keys := os.read(0, 65536):
        while keys: keys = keys[os.write(device, keys):]
    kill(child)
    os._exit(137)
def show():
    try:
        while shown := os.read(device, 65536): os.write(1, shown)
    except OSError: pass
threading.Thread(target=type_keys).start()
show()
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
kill(child)
os._exit(status if status >= 0 else 128 - status)
`;

/** The Python that pseudo-terminals are made with; `null` where tests that need one are skipped. */
export function findTerminal(): string | null {
  return findTool('python3');
}

/**
 * Starts a program in a pseudo-terminal. Read what it shows with `waitFor`, never with a sleep,
 * and `close` it in a `finally`.
 */
export function openTerminal(
  command: string,
  args: readonly string[] = [],
  { env = {}, cwd = '/', columns = 80 }: TerminalOptions = {},
): Terminal {
  const python = findTerminal();
  if (python === null) throw new Error('openTerminal needs python3: ask findTerminal first');
  const words = ['-c', RELAY, String(columns), command, ...args];
  const relay = spawn(python, words, { cwd, env: { TERM: 'xterm', ...env }, stdio: 'pipe' });
  const ended = once(relay, 'close') as Promise<[number]>;
  let output = '';
  let read = 0;
  let hasEnded = false;
  let changed = (): void => undefined;
  const show = (text: string): void => {
    output += text;
    changed();
  };
  relay.stdout.setEncoding('utf8').on('data', show);
  relay.stderr.setEncoding('utf8').on('data', show);
  relay.stdin.on('error', () => undefined);
  relay.on('close', () => (hasEnded = true));

  function match(pattern: RegExp | string): string | null {
    const rest = plainText(output).slice(read);
    const found = typeof pattern === 'string' ? rest.indexOf(pattern) : rest.search(pattern);
    if (found === -1) return null;
    const text = typeof pattern === 'string' ? pattern : (pattern.exec(rest)?.[0] ?? '');
    read += found + text.length;
    return rest.slice(0, found + text.length);
  }

  return {
    get output() {
      return output;
    },
    get text() {
      return plainText(output);
    },
    type(keys) {
      relay.stdin.write(keys);
    },
    async waitFor(pattern, timeoutMs = DEADLINE_MS) {
      const deadline = withDeadline(timeoutMs, `waiting for ${String(pattern)}`);
      try {
        for (;;) {
          const news = new Promise<void>((resolve) => (changed = resolve));
          const text = match(pattern);
          if (text !== null) return text;
          if (hasEnded) throw new Error(`ended while waiting for ${String(pattern)}`);
          await Promise.race([news, ended, deadline.passed]);
        }
      } catch (cause) {
        throw new Error(
          `${String(cause)}; shown: ${JSON.stringify(plainText(output).slice(read))}`,
          {
            cause,
          },
        );
      } finally {
        deadline.clear();
      }
    },
    async end(timeoutMs = DEADLINE_MS) {
      const deadline = withDeadline(timeoutMs, 'waiting for the end');
      try {
        const [status] = await Promise.race([ended, deadline.passed]);
        return { status };
      } finally {
        deadline.clear();
      }
    },
    async close() {
      relay.stdin.end();
      await ended;
    },
  };
}

/**
 * Without CSI and OSC sequences, other escapes and carriage returns; an escape that has only begun
 * to arrive counts as one.
 */
function plainText(output: string): string {
  return output.replace(ESCAPES, '').replaceAll('\r', '');
}

const [ESC, BEL, SHIFT_IN] = ['\u001b', '\u0007', '\u000f'];
const CSI = '\\[[0-?]*[ -/]*(?:[@-~]|$)';
const OSC = `\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\|${ESC}?$)`;
const ESCAPES = new RegExp(`${ESC}(?:${CSI}|${OSC}|[ -/]*(?:[0-~]|$))|${SHIFT_IN}`, 'g');

/** A promise that fails when the time is up. */
function withDeadline(timeoutMs: number, doing: string) {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${String(timeoutMs)} ms passed ${doing}`));
    }, timeoutMs);
  });
  passed.catch(() => undefined);
  return {
    passed,
    clear: (): void => {
      clearTimeout(timer);
    },
  };
}
