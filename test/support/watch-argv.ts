import { readdirSync, readFileSync } from 'node:fs';

/** Reads the command line of every process of this machine, over and over, until it is ended. */
export interface ArgvWatch {
  /** Waits until some command line holds the text. */
  seen(text: string): Promise<void>;
  /** @returns Every command line that was seen, its words separated by NUL, by process. */
  end(): Promise<ReadonlyMap<string, string>>;
}

/** Starts to watch; needs `/proc`. */
export function watchArgv(): ArgvWatch {
  const seen = new Map<string, string>();
  const state = { isEnded: false };
  const look = (): void => {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const text = readOrEmpty(`/proc/${name}/cmdline`);
      if (text !== '') seen.set(`process ${name}: ${text.split('\0', 1)[0] ?? ''}`, text);
    }
  };
  const done = (async () => {
    while (!state.isEnded) {
      look();
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  return {
    async seen(text) {
      while (![...seen.values()].some((line) => line.includes(text)))
        await new Promise((resolve) => setImmediate(resolve));
    },
    async end() {
      state.isEnded = true;
      await done;
      return seen;
    },
  };
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
