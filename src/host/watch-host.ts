import type { Aspect, Environment, Files, Host } from './host.js';

/** What was asked of a host, and what it answered: as long as all of it is so, so is what followed. */
export interface Seen {
  /** By name; `null` of one that is unset. None is a secret. */
  readonly variables: Readonly<Record<string, string | null>>;
  /** Texts of fingerprints by path; `null` where nothing is. */
  readonly places: Readonly<Record<string, string | null>>;
  readonly contents: Readonly<Record<string, string | null>>;
  /** When the youngest of the contents was changed, in milliseconds of the clock. */
  readonly changedMs: number;
  /** The time was asked for, too: what followed may not be so at another. */
  readonly isOfItsTime: boolean;
}

export interface Watch {
  /** The host, each question noted. */
  readonly host: Host;
  /** Notes no more. `null` when something was asked that cannot be told again. */
  end(): Seen | null;
}

/** Values that are not to be written down. A proxy's URL may hold a password. */
const SECRET = /SECRET|TOKEN|PASS|CODE|PROXY/i;

/** Lets a host be asked, and tells afterwards what its answers were. */
export function watchHost(host: Host): Watch {
  const notes = new Notes(host);
  const watched: Host = {
    ...host,
    env: watchedEnvironment(host.env, notes),
    files: watchedFiles(host.files, notes),
    now: () => {
      notes.time();
      return host.now();
    },
    get homeDirectory() {
      const { HOME } = host.env;
      notes.variable('HOME', HOME);
      if (HOME !== host.homeDirectory) notes.giveUp();
      return host.homeDirectory;
    },
    get currentDirectory() {
      notes.giveUp();
      return host.currentDirectory;
    },
    get terminal() {
      notes.giveUp();
      return host.terminal;
    },
    get processes() {
      notes.giveUp();
      return host.processes;
    },
  };
  return { host: watched, end: () => notes.end() };
}

class Notes {
  readonly #files: Files;
  readonly #variables: Record<string, string | null> = {};
  readonly #places: Record<string, string | null> = {};
  readonly #contents: Record<string, string | null> = {};
  #changedMs = 0;
  #isOfItsTime = false;
  #isWhole = true;
  #isOver = false;

  constructor({ files }: Host) {
    this.#files = files;
  }

  variable(name: string, value: string | undefined): void {
    if (this.#isOver) return;
    if (value !== undefined && SECRET.test(name)) this.giveUp();
    else this.#variables[name] = value ?? null;
  }

  path(path: string, aspect: Aspect): void {
    if (this.#isOver) return;
    const found = this.#files.fingerprint(path, aspect);
    const seen = aspect === 'place' ? this.#places : this.#contents;
    const before = seen[path];
    if (before !== undefined && before !== (found?.text ?? null)) this.giveUp();
    seen[path] = found?.text ?? null;
    this.#changedMs = Math.max(this.#changedMs, found?.changedMs ?? 0);
  }

  time(): void {
    if (!this.#isOver) this.#isOfItsTime = true;
  }

  giveUp(): void {
    if (!this.#isOver) this.#isWhole = false;
  }

  end(): Seen | null {
    this.#isOver = true;
    return this.#isWhole
      ? {
          variables: this.#variables,
          places: this.#places,
          contents: this.#contents,
          changedMs: this.#changedMs,
          isOfItsTime: this.#isOfItsTime,
        }
      : null;
  }
}

function watchedEnvironment(env: Environment, notes: Notes): Environment {
  const note = (name: string | symbol): void => {
    if (typeof name === 'string') notes.variable(name, env[name]);
  };
  return new Proxy(env, {
    get: (target, name) => {
      note(name);
      return Reflect.get(target, name) as unknown;
    },
    has: (target, name) => {
      note(name);
      return Reflect.has(target, name);
    },
    getOwnPropertyDescriptor: (target, name) => {
      note(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    ownKeys: (target) => {
      notes.giveUp();
      return Reflect.ownKeys(target);
    },
  });
}

function watchedFiles(files: Files, notes: Notes): Files {
  const noting =
    <T>(aspect: Aspect, ask: (path: string) => T) =>
    (path: string): T => {
      notes.path(path, aspect);
      return ask(path);
    };
  return {
    ...files,
    readText: noting('content', (path) => files.readText(path)),
    readOwn: noting('content', (path) => files.readOwn(path)),
    list: noting('content', (path) => files.list(path)),
    realPath: noting('place', (path) => files.realPath(path)),
    isInMemory: noting('place', (path) => files.isInMemory(path)),
    provePrivateDirectory: noting('place', (path) => files.provePrivateDirectory(path)),
    facts: (path) => {
      const found = files.facts(path);
      // Of a directory nobody asks how it has changed; one in memory changes all the time.
      notes.path(path, found?.kind === 'file' ? 'content' : 'place');
      return found;
    },
    which: (command) => {
      notes.giveUp();
      return files.which(command);
    },
  };
}
