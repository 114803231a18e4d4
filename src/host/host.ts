/**
 * Everything outside the program, behind one interface: the environment, the clock, the disk, the
 * terminal and other processes. Only `host/` touches them; everyone else is handed a `Host`, and
 * a test hands over one whose clock it moves by hand.
 */
export interface Host {
  readonly platform: NodeJS.Platform;
  /** Such as `v20.17.0`. */
  readonly nodeVersion: string;
  /** The words after the program's name. */
  readonly argv: readonly string[];
  /** The environment as it was when the program started. */
  readonly env: Environment;
  readonly homeDirectory: string | null;
  /** The user's number; `null` where users have none (Windows). */
  readonly userId: number | null;
  readonly currentDirectory: string;
  /** What a child must run to run us again: Node and a script, or a stand-alone executable. */
  readonly self: readonly string[];
  readonly files: Files;
  readonly terminal: Terminal;
  readonly processes: Processes;
  readonly keychain: Keychain;
  now(): Date;
  /** Milliseconds since some moment, for how long something lasts: it goes on though `now` is set. */
  monotonicMs(): number;
  sleep(milliseconds: number): Promise<void>;
  randomBytes(count: number): Buffer;
  /** Writes what a program may read, and waits until it is written. @throws FAILED | READER_GONE */
  stdout(text: string): void;
  /** Writes what a person may read. */
  stderr(text: string): void;
  /** One line of standard input without its end; the rest stays unread for a child. `null` at its end. */
  readStdinLine(): string | null;
  /**
   * Serves pages to this machine alone, on a free port of 127.0.0.1.
   *
   * @param answer - The page for a path with its query, such as `/callback?code=x`; `null` for none.
   * @throws FAILED when there is no port to be had.
   */
  listen(answer: (path: string) => Page | null): Promise<Loopback>;
}

/** A little server for the browser of this machine. */
export interface Loopback {
  readonly port: number;
  /** Ends it once what was asked has been answered. */
  close(): Promise<void>;
}

/** One sentence for whoever sits at the browser. */
export interface Page {
  readonly status: number;
  readonly text: string;
}

/**
 * The keychain of the system: macOS Keychain, Windows Credential Manager, Secret Service. Never the
 * kernel's keyrings, which a reboot empties. Its failures are STORE_UNAVAILABLE, saying why.
 */
export interface Keychain {
  /** Where it may be reached, one place from another; `null` where there is none. Asks nobody. */
  findPlace(host: Pick<Host, 'env' | 'files'>): string | null;
  /** What is missing where there is none. */
  readonly whyNot: string;
  /**
   * Finds out by a secret of no worth, written, read back and deleted, whether it can be used without
   * anybody's help.
   *
   * @returns Why it cannot, as words that follow "because"; `null` when it can.
   */
  prove(): Promise<string | null>;
  /** `null` when there is none of that name. May ask a person to unlock it. */
  get(name: string): Promise<Buffer | null>;
  set(name: string, secret: Buffer): Promise<void>;
  /** Tells whether there was one. */
  remove(name: string): Promise<boolean>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface FileFacts {
  readonly kind: 'file' | 'directory' | 'other';
  /** Permission bits only, such as 0o600. */
  readonly mode: number;
  readonly userId: number;
  readonly size: number;
  readonly modified: Date;
}

/** Of a path: which file or directory is there, and whose; or also what is in it. */
export type Aspect = 'place' | 'content';

export interface Fingerprint {
  /** Differs where anything else is there. */
  readonly text: string;
  /** When the content was changed last, in milliseconds of the clock; 0 of a place. */
  readonly changedMs: number;
}

/** The disk. Paths are absolute. Every failure but absence is an `AssumeError` naming the path. */
export interface Files {
  /** UTF-8 text; `null` when there is no such file. @throws CONFIG_UNREADABLE for any other failure. */
  readText(path: string): string | null;
  /**
   * The text of a file of ours; `null` where there is none, and for one that anybody else could have
   * read or written. Never throws: such a file spares work, or holds what can be had again.
   */
  readOwn(path: string): string | null;
  /** Tells later whether the path still leads to the same; `null` when nothing is there. Never throws. */
  fingerprint(path: string, aspect: Aspect): Fingerprint | null;
  /** Follows symbolic links; `null` when nothing is there. */
  facts(path: string): FileFacts | null;
  /** Names in the directory, sorted by code point; empty when it is absent. */
  list(directory: string): string[];
  /** The path with every symbolic link resolved; the path itself when nothing is there. */
  realPath(path: string): string;
  /** The first file of that name on PATH that may be executed; `null` if none. */
  which(command: string): string | null;
  /**
   * Creates the directory (and its parents) for us alone, 0700 under any umask, and proves it: not a
   * symbolic link, ours, closed to others. @throws FAILED when it is not.
   */
  makePrivateDirectory(directory: string): void;
  /** Proves the same of a directory that is there; tells whether it is. @throws FAILED */
  provePrivateDirectory(directory: string): boolean;
  /**
   * Proves, by writing and taking away, that files can be kept in the directory; where it is not there
   * yet, in the nearest one above that is. @throws FAILED when they cannot.
   */
  proveWritable(directory: string): void;
  /** Tells whether what lies in the directory lies in memory alone; `false` where that is not known. */
  isInMemory(directory: string): boolean;
  /**
   * Creates a directory that other programs use too, and its parents, 0700; one that is there stays
   * as it is. @throws FAILED
   */
  makeDirectory(directory: string): void;
  /** Replaces the file in one step, 0600 under any umask; a crash leaves the old or the new. */
  writePrivate(path: string, text: string): void;
  /** The same for a script that is to be run: 0700. */
  writeProgram(path: string, text: string): void;
  /**
   * Creates the file whole, 0600, unless one is there; tells whether it did. Of any number of
   * processes one is told yes. @throws FAILED
   */
  createNew(path: string, text: string): boolean;
  /** Tells whether there was anything to remove. */
  remove(path: string): boolean;
  /** Removes a directory tree. */
  removeTree(directory: string): void;
  /**
   * Edits a file that other programs own too: symbolic links followed, locked, only the bytes that
   * `edit` changes, never over what another program writes meanwhile, mode and owner kept (a new file
   * is 0600). `edit` runs again on newer text, where its own change may stand already: then it must
   * give the text as it is. The text is latin1, so that every byte survives.
   *
   * @throws FAILED when it cannot be written, CONFIG_UNREADABLE when it cannot be read; the file is
   *   then as it was.
   */
  edit(path: string, edit: (text: string) => string, options?: EditOptions): Promise<void>;
}

export interface EditOptions {
  /** What is put there is secret: a mode that lets others read the file is closed. */
  readonly isSecret?: boolean;
}

export interface Choice<T> {
  readonly name: string;
  readonly value: T;
  readonly description?: string;
  /** Lower-case text that every typed word must be found in. */
  readonly haystack: string;
}

export type Layout = (width: number) => readonly string[];

/** The terminal device itself, whatever stdin and stdout are. */
export interface Terminal {
  /** A terminal device is there and our process group is in its foreground: we may ask. */
  readonly canAsk: boolean;
  /** Why `canAsk` is false, for an error message: "there is no terminal". */
  readonly whyNot: string;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  readonly stdinIsTerminal: boolean;
  /** How many columns stdout shows; `null` where it is no terminal. */
  readonly stdoutColumns: number | null;
  /** The device's name such as `/dev/pts/3`, to tell one terminal from another; `null` without one. */
  readonly name: string | null;
  /**
   * Ctrl-Z stops us where stdout is a terminal, and is ignored where it is captured.
   *
   * @throws CANCELLED on Ctrl-C or end of input.
   */
  askHidden(question: string): Promise<string>;
  /** @throws CANCELLED */
  askText(question: string): Promise<string>;
  /** How many lines it shows; `null` where it does not say. */
  readonly rows: number | null;
  /** Writes to the device itself, for what no file and no program may get. @throws FAILED */
  show(text: string): void;
  /**
   * A filter-as-you-type list.
   *
   * @param layout - A line for each choice, in their order, of at most that many cells; their names
   *   where there is none.
   * @throws CANCELLED
   */
  choose<T>(question: string, choices: readonly Choice<T>[], layout?: Layout): Promise<T>;
}

/** How a child ended: a status, or the signal that killed it. */
export type ChildEnd = { readonly status: number } | { readonly signal: NodeJS.Signals };

/** What a program printed, and how it ended; or why it was stopped. */
export interface ProgramOutput {
  readonly end: ChildEnd | 'too long' | 'too much';
  readonly stdout: string;
  readonly stderr: string;
}

export interface OutputLimits {
  readonly timeoutMs: number;
  /** It reads from our stdin; otherwise it finds nothing there. */
  readonly sharesStdin: boolean;
  /** What it reads from its stdin, in place of ours. */
  readonly input?: string;
}

export interface HeldSignals {
  /** The first that came. */
  readonly received: NodeJS.Signals | null;
  letGo(): void;
}

/** Enough to know later whether a process still lives, even after its number was used again. */
export interface ProcessRecord {
  readonly pid: number;
  /** The kernel's start time of it; `null` where that can't be had. */
  readonly startTime: string | null;
  readonly bootId: string | null;
  readonly hostName: string;
}

export interface Processes {
  readonly self: ProcessRecord;
  /** `unknown` when it runs on another host or may not be asked. */
  state(record: ProcessRecord): 'running' | 'stopped' | 'dead' | 'unknown';
  /**
   * Gives the child the terminal and all three streams, forwards TERM, HUP, USR1 and USR2 to it,
   * and waits. @throws NOT_FOUND | NOT_EXECUTABLE
   */
  run(command: string, args: readonly string[], env: Environment): Promise<ChildEnd>;
  /**
   * Becomes the command, where Node can (22.15+, not Windows); otherwise as `run`, after which we
   * end as the child ended. Never returns normally.
   */
  become(command: string, args: readonly string[], env: Environment): Promise<ChildEnd>;
  /**
   * Keeps the signals that ask us to end from doing so at once, so that there is time to clean up.
   * Children get them as ever; a question is cancelled by them.
   */
  holdSignals(): HeldSignals;
  /** Ends us as that child ended: its status, or killed by its signal. */
  endAs(end: ChildEnd): Promise<never>;
  /**
   * Runs a user's command through the system's shell and gives what it printed on stdout.
   * @throws FAILED with its status when it fails, or after `timeoutMs`.
   */
  capture(commandLine: string, timeoutMs: number, env: Environment): Promise<string>;
  /**
   * Runs a program without a shell, in our process group and with our terminal, and gives what it
   * printed on stdout and stderr, 1 MiB of each at most. @throws NOT_FOUND | NOT_EXECUTABLE
   */
  output(
    command: string,
    args: readonly string[],
    env: Environment,
    limits: OutputLimits,
  ): Promise<ProgramOutput>;
  /**
   * Starts a program of the desktop, such as a browser, without a shell, and lets it be.
   * @returns Whether it could be started.
   */
  launch(command: string, args: readonly string[]): Promise<boolean>;
  /**
   * Waits for work that a person may give up with Ctrl-C, which then ends the wait and not us.
   * @throws CANCELLED
   */
  unlessCancelled<T>(work: Promise<T>): Promise<T>;
}
