import type { AwsWarning } from '../../../src/config/aws-warnings.js';
import type { Effect, Reader, Tolerance } from '../../../src/config/tolerance.js';
import { TOLERANCES, type ToleranceName } from '../../../src/config/tolerances.js';
import type { Difference } from './differences.js';

/** What the reader does according to the row; not what it does with a value once it has read it. */
export function effectOf(reader: Reader, row: ToleranceName): Effect | undefined {
  const { readers }: Tolerance = TOLERANCES[row];
  const effect = readers[reader];
  return effect === 'fail for a profile that uses it' ? undefined : effect;
}

/** The rows that say, at that place, that the reader sees it so. */
export function predict(
  reader: Reader,
  difference: Difference,
  warnings: readonly AwsWarning[],
): ToleranceName[] {
  return warnings
    .filter((warning) => {
      const effect = effectOf(reader, warning.row);
      return effect !== undefined && explains(warning, effect, difference);
    })
    .map(({ row }) => row);
}

function explains(warning: AwsWarning, effect: Effect, difference: Difference): boolean {
  const { line, header } = warning;
  const { key, kind, lines } = difference;
  switch (effect) {
    case 'refuse the whole file':
      return kind === 'missing';
    case 'give its properties to every section':
      return kind === 'extra' || warning.line === lines?.[0];
    case 'read it and the next as one line':
    case 'read it into the line, if at all':
    case 'take it for a header':
    case 'take it for a property':
    case 'read the last of the two alone':
      return true;
    case 'read it instead':
      return difference.section === 'profile default';
    case 'take its properties for those of the section above':
      return lines === null || kind === 'other' || line < lines[1];
    case 'do not see it':
      if (header === null) break;
      if (difference.section === 'profile default') return true;
      return lines === null ? key === null : line < lines[1];
    case 'take it for nothing, or for the head of indented lines below':
      return lines === null ? key !== null : line < lines[1];
    case 'take all of it for the name':
      return kind === 'extra' && key === null;
    case 'read it all the same':
      return kind === 'extra' || header !== null;
    default:
  }
  return lines === null ? key !== null : line >= lines[0] && line < lines[1];
}
