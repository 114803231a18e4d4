/**
 * The words of a text as the AWS CLI splits `credential_process` and headers: by the platform's own
 * rules and without a shell, so that `$`, `~`, `|` and `*` stand for themselves.
 *
 * @returns `null` when a quote is left open, or a backslash at the end escapes nothing.
 * @see https://github.com/boto/botocore/blob/develop/botocore/compat.py
 */
export function splitCommandLine(
  text: string,
  platform: NodeJS.Platform,
): readonly string[] | null {
  return platform === 'win32' ? splitWindows(text) : splitPosix(text);
}

/** Blanks, text in quotes of either kind, an escaped character, bare text; the rest is half of one. */
const POSIX_PART = /[ \t\r\n]+|'[^']*'|"(?:\\[^]|[^"\\])*"|\\[^]|[^ \t\r\n'"\\]+|[^]/g;

function splitPosix(text: string): readonly string[] | null {
  const words = new Words();
  for (const [part] of text.matchAll(POSIX_PART)) {
    if (/^['"\\]$/.test(part)) return null;
    if (/^[ \t\r\n]/.test(part)) words.end();
    else words.add(unquotePosix(part));
  }
  return words.all();
}

function unquotePosix(part: string): string {
  switch (part.charAt(0)) {
    case "'":
      return part.slice(1, -1);
    case '"':
      return part.slice(1, -1).replace(/\\(["\\])/g, '$1');
    case '\\':
      return part.slice(1);
    default:
      return part;
  }
}

/** A quote with the backslashes before it, the only place where they escape; blanks; all else. */
const WINDOWS_PART = /(\\*)"|[ \t]+|\\+|[^ \t"\\]+/g;

/** @see https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments */
function splitWindows(text: string): readonly string[] | null {
  const words = new Words();
  let isQuoted = false;
  for (const [part, backslashes] of text.matchAll(WINDOWS_PART)) {
    if (backslashes !== undefined) {
      const isEscaped = backslashes.length % 2 === 1;
      words.add('\\'.repeat(Math.floor(backslashes.length / 2)) + (isEscaped ? '"' : ''));
      if (!isEscaped) isQuoted = !isQuoted;
    } else if (/^[ \t]/.test(part) && !isQuoted) words.end();
    else words.add(part);
  }
  return isQuoted ? null : words.all();
}

/** Words as they grow. An empty one counts where quotes made it. */
class Words {
  readonly #ended: string[] = [];
  #open: string | null = null;

  add(text: string): void {
    this.#open = (this.#open ?? '') + text;
  }

  end(): void {
    if (this.#open !== null) this.#ended.push(this.#open);
    this.#open = null;
  }

  all(): readonly string[] {
    this.end();
    return this.#ended;
  }
}
