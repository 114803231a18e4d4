import type { AwsFileKind } from '../../../src/config/aws-file.js';

/** Changes one place of a file; `at` chooses which. A file without such a place stays as it is. */
export type Mutation = (text: string, at: number, kind: AwsFileKind) => string;

const HEADER = /^\[/;
const PROPERTY = /^[a-z]\w* ?\t?=/;
const ANY = /^/;

/** What the readers of AWS's files take in different ways. */
const TOLERATED: Readonly<Record<string, Mutation>> = {
  'byte order mark': (text) => `\uFEFF${text}`,
  'byte order mark at a header': change(HEADER, (line) => `\uFEFF${line}`),
  'byte order mark at a comment': change(PROPERTY, (line) => `${line}\n\uFEFF# c`),
  'a byte that is not UTF-8': change(ANY, (line) => `# \uFFFD\n${line}`),
  'lone carriage return': change(PROPERTY, (line) => `${line}\r# c`),
  'carriage returns and line feeds': (text) => text.replaceAll('\n', '\r\n'),
  'no-break space after a value': change(PROPERTY, (line) => `${line}\u00a0`),
  'no-break space after a key': change(PROPERTY, (line) => line.replace('=', '\u00a0=')),
  'no-break space alone': change(ANY, (line) => `\u00a0\n${line}`),
  'form feed before a property': change(HEADER, (line) => `${line}\n\fx = 1`),

  'indented header': change(HEADER, (line) => `[profile z]\n  ${line}`),
  'text after header': change(HEADER, (line) => `${line} text`),
  'text right after header': change(HEADER, (line) => `${line}x`),
  'sign in header': change(HEADER, (line) => line.replace(']', '#1]')),
  'comment within header': change(HEADER, (line) => line.replace(']', ' # one]')),
  'comment after header': change(HEADER, (line) => `${line} # c`),
  'comment right after header': change(HEADER, (line) => `${line}# c`),
  'bracket in comment': change(HEADER, (line) => `${line} # [c]`),
  'bracket in comment right after header': change(HEADER, (line) => `${line};[c]`),
  'blank before type': change(HEADER, (line) => line.replace('[', '[ ')),
  'blank after name': change(HEADER, (line) => line.replace(']', ' ]')),
  'tabs before name': change(HEADER, (line) => line.replace(' ', '\t\t')),
  'empty header': change(HEADER, (line) => `[]\n${line}`),
  'blanks for a header': change(HEADER, (line) => `[ ]\nx = 1\n${line}`),
  'section again': append((header) => header),
  'section again with other blanks': append((header) =>
    header.includes(' ') ? header.replace(' ', '  ') : header.replace(']', ' ]'),
  ),
  'section again in quotes': append(quoted),
  'section before in quotes': change(HEADER, (line) => `${quoted(line)}\nx_again = 1\n${line}`),
  'section again by another type': append((header) => header.replace(' ', 's ')),
  DEFAULT: change(HEADER, (line) => `[DEFAULT]\nx_shared = 1\n${line}`),
  'DEFAULT twice': change(HEADER, (line) => `[DEFAULT]\nx_one = 1\n[DEFAULT]\nx_two = 1\n${line}`),
  '[profile default] first': (text, _, kind) =>
    kind === 'config' ? `[profile default]\nx_first = 1\n${text}\n[default]\nx_last = 1` : text,
  '[profile default] last': (text, _, kind) =>
    kind === 'config' ? `[default]\nx_first = 1\n${text}\n[profile default]\nx_last = 1` : text,

  'quotes around name': change(HEADER, quoted),
  'quotes around words': insert('[profile "two words"]\nx = 1', '["two words"]\nx = 1'),
  'backslash in name': insert('[profile two\\ words]\nx = 1', '[two\\ words]\nx = 1'),
  'quote that is not closed': insert('[profile "two]\nx = 1', '["two]\nx = 1'),
  'equals sign in name': insert('[profile a=b]\nx = 1', '[a=b]\nx = 1'),
  'letter beyond ASCII in name': insert('[profile caf\u00e9]\nx = 1', '[caf\u00e9]\nx = 1'),
  'two words for a name': insert('[profile two words]\nx = 1', '[two words]\nx = 1'),
  'three words for a name': insert('[profile two more words]\nx = 1', '[two more words]\nx = 1'),
  'invisible character at the end of a name': insert(
    '[profile a\u2060]\nx = 1',
    '[a\u2060]\nx = 1',
  ),
  'invisible character in name': insert('[profile a\u200bb]\nx = 1', '[a\u200bb]\nx = 1'),
  'no name in quotes': insert('[profile ""]\nx = 1', '[""]\nx = 1'),
  'a prototype for a name': insert('[profile __proto__]\nx = 1', '[__proto__]\nx = 1'),
  'bare name': insert('[bare]\nx = 1', '[bare]\nx = 1'),
  'name after a dot': insert('[profile.dotted]\nx = 1', '[profile.dotted]\nx = 1'),
  'type with a capital': insert('[Profile x]\nx = 1', '[Profile x]\nx = 1'),
  'type in the plural': insert('[profiles plural]\nx = 1', '[profiles plural]\nx = 1'),
  'type in the wrong file': insert('[sso-session y]\nx = 1', '[profile x]\nx = 1'),
  'another type in the wrong file': insert('[services y]\nx = 1', '[services x]\nx = 1'),
  'section of a tool': insert('[plugins]\nx = 1', '[plugins]\nx = 1'),

  'key again': change(PROPERTY, (line) => `${line}\n${line}`),
  'key again in capitals': change(PROPERTY, (line) => `${line}\n${line.toUpperCase()}`),
  'key again in a section that is left out': insert('[no x]\nx = 1\nx = 2', '[no x]\nx = 1\nx = 2'),
  'indented properties': change(HEADER, (line) => `${line}\n  x_one = 1\n  x_two = 2`),
  'indented property and its continuation': change(HEADER, (line) => `${line}\n  x_one = 1\n   2`),
  'colon for equals sign': change(PROPERTY, (line) => line.replace('=', ':')),
  'colon in key': change(HEADER, (line) => `${line}\nx:y = 1`),
  'a prototype for a key': change(HEADER, (line) => `${line}\n__proto__ = 1`),
  'capital in key': change(PROPERTY, (line) => line.charAt(0).toUpperCase() + line.slice(1)),
  'blank in key': change(HEADER, (line) => `${line}\nin valid = 1`),
  'blank in key and a colon': change(HEADER, (line) => `${line}\nin valid: 1`),
  'letter beyond ASCII in key': change(HEADER, (line) => `${line}\nx\u00e9 = 1`),
  'comment before equals sign': change(HEADER, (line) => `${line}\nx # = 1`),
  'comment after value': change(PROPERTY, (line) => `${line} # c`),
  'semicolon after value': change(PROPERTY, (line) => `${line}\t; c = d`),
  'comment for value': change(HEADER, (line) => `${line}\nx = # c`),
  'comment sign for value': change(HEADER, (line) => `${line}\nx =#c`),
  'quotes around value': change(HEADER, (line) => `${line}\nx = "1"`),
  'empty value': change(HEADER, (line) => `${line}\nx =`),

  'second line': change(PROPERTY, (line) => `${line}\n  more`),
  'second line that is a property': change(PROPERTY, (line) => `${line}\n  x = 1`),
  'second line that is a header': change(PROPERTY, (line) => `${line}\n  [profile x]`),
  'second line with a comment': change(PROPERTY, (line) => `${line}\n  more # c`),
  'blank line within a value': change(PROPERTY, (line) => `${line}\n\n\n  more`),
  'blank line at the end of a value': change(PROPERTY, (line) => `${line}\n  more\n\n`),
  'comment within a value': change(PROPERTY, (line) => `${line}\n# c\n  # d\n  more`),
  'indented comment': change(ANY, (line) => `  # c\n${line}`),
  'comment in a block': change(HEADER, (line) => `${line}\nb =\n  x = 1 # c\n  # d\n  Y = 2`),
  'comment before a block': change(HEADER, (line) => `${line}\nb = # c\n  x = 1`),
  'empty value in a block': change(HEADER, (line) => `${line}\nb =\n  x =\n  y = 1`),
  'key again in a block': change(HEADER, (line) => `${line}\nb =\n  x = 1\n\n  x = 2`),
};

/** What no reader takes, or none should. */
export const BREAKS: Readonly<Record<string, Mutation>> = {
  'property before any section': (text) => `x = 1\n${text}`,
  'indented property before any section': (text) => `  x = 1\n${text}`,
  'word before any section': (text) => `word\n${text}`,
  'header without its end': change(HEADER, (line) => line.replace(']', '')),
  'header without its end, before a comment': change(HEADER, (line) => line.replace(']', ' # c')),
  'indented header without its end': change(HEADER, (line) => `${line}\n  [profile x`),
  'opening bracket': change(HEADER, (line) => `[\n${line}`),
  'property without equals sign': change(PROPERTY, (line) => line.replace(/\s*=.*/, '')),
  'property without equals sign, and a comment': change(PROPERTY, (line) =>
    line.replace(/\s*=.*/, ' # c'),
  ),
  'indented word below a header': change(HEADER, (line) => `${line}\n  word`),
  'property without key': change(PROPERTY, (line) => line.replace(/^[^=]*/, '')),
  'property without key, before a colon': change(HEADER, (line) => `${line}\n: 1`),
  'line of a block without equals sign': change(HEADER, (line) => `${line}\nb =\n  x`),
  'line further down a block without equals sign': change(
    HEADER,
    (line) => `${line}\nb =\n  x = 1\n  y`,
  ),
  'line of a block with a colon': change(HEADER, (line) => `${line}\nb =\n  x: 1`),
};

/** What the AWS CLI takes, and we refuse: nobody can have meant it. */
const REFUSED: Readonly<Record<string, Mutation>> = {
  'header with an equals sign without its end': change(HEADER, (line) => `[profile x = y\n${line}`),
  'line of a block without key': change(HEADER, (line) => `${line}\nb =\n  = 1`),
  'comment before a block without equals sign': change(HEADER, (line) => `${line}\nb = # c\n  x`),
};

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  ...TOLERATED,
  ...BREAKS,
  ...REFUSED,
};

function change(kind: RegExp, edit: (line: string) => string): Mutation {
  return (text, at) => {
    const lines = text.split('\n');
    const places = lines.flatMap((line, index) => (kind.test(line) ? [index] : []));
    const place = places[at % places.length];
    return place === undefined ? text : lines.with(place, edit(lines[place] ?? '')).join('\n');
  };
}

/** Puts a section at the end that goes by another's name. */
function append(header: (other: string) => string): Mutation {
  return (text, at) => {
    const headers = text.split('\n').filter((line) => line.startsWith('['));
    return `${text}\n${header(headers[at % headers.length] ?? '')}\nx_again = 1`;
  };
}

/** Puts a section before another. */
function insert(config: string, credentials: string): Mutation {
  return (text, at, kind) =>
    change(HEADER, (line) => `${kind === 'config' ? config : credentials}\n${line}`)(
      text,
      at,
      kind,
    );
}

function quoted(header: string): string {
  if (!header.includes(' ')) return header.replace('[', '["').replace(']', '"]');
  return header.replace(' ', ' "').replace(']', '"]');
}
