import { visible } from '../visible.js';
import type { SkippedSection } from './aws-file.js';
import type { AwsWarning } from './aws-warnings.js';
import type { Reader, Tolerance } from './tolerance.js';
import { TOLERANCES } from './tolerances.js';

/** Every tool of a reader, as a sentence names it. */
const TOOLS: Readonly<Record<Reader, readonly string[]>> = {
  botocore: ['the AWS CLI', 'boto3'],
  js: ['the JS SDK'],
  go: ['the Go SDK'],
  java: ['the Java SDK'],
};

/**
 * The warning as one line: the place, what stands there, which tool does what with it, and what to
 * write instead. Nothing but a header is ever shown of the file: a line may hold a secret.
 */
export function describeWarning(warning: AwsWarning): string {
  const { row, header, earlierLine } = warning;
  const tolerance: Tolerance = TOLERANCES[row];
  const about = header === null ? '' : `${shown(header)}: `;
  const earlier = earlierLine === null ? '' : `, in line ${String(earlierLine)}`;
  return describeTolerance(warning, { ...tolerance, found: about + tolerance.found + earlier });
}

/** The same of anything that readers take in different ways. */
export function describeTolerance(
  { file, line, column }: Pick<AwsWarning, 'file' | 'line' | 'column'>,
  { found, readers, instead }: Tolerance,
): string {
  const place = [visible(file), line, column].join(':');
  const effects = describeEffects(readers);
  const told = effects === '' ? '' : `: ${effects}`;
  return `${place}: ${found}${told} (${instead})`;
}

/**
 * Where a section of that name stands that is left out, and why; `null` when there is none.
 *
 * @param skipped - The sections that the files leave out.
 */
export function explainSkipped(skipped: readonly SkippedSection[], name: string): string | null {
  const section = skipped.find((other) => other.name === name);
  return section ? describeSkipped(section) : null;
}

function describeSkipped(section: SkippedSection): string {
  const { found, instead }: Tolerance = TOLERANCES[section.row];
  const place = [visible(section.file), section.line].join(':');
  const written = instead.replaceAll('NAME', visible(section.name ?? 'NAME'));
  return `${place} has ${shown(section.header)}, ${found}: ${written}`;
}

/** Nothing in it steers the terminal, and not all of it is there if it is long. */
function shown(header: string): string {
  return `[${visible(header.length > 64 ? `${header.slice(0, 64)}…` : header)}]`;
}

function describeEffects(readers: Tolerance['readers']): string {
  const toolsOf = new Map<string, string[]>();
  for (const [reader, effect] of Object.entries(readers)) {
    const tools = toolsOf.get(effect) ?? [];
    toolsOf.set(effect, [...tools, ...TOOLS[reader as Reader]]);
  }
  return [...toolsOf].map(([effect, tools]) => sentence(tools, effect)).join(', ');
}

/** @param effect - Begins with its verb, in the plural. */
function sentence(tools: readonly string[], effect: string): string {
  if (tools.length > 1) {
    return `${tools.slice(0, -1).join(', ')} and ${tools.at(-1) ?? ''} ${effect}`;
  }
  const verb = effect.replace(/^\w+/, (word) => (word === 'do' ? 'does' : `${word}s`));
  return `${tools.join('')} ${verb}`;
}
