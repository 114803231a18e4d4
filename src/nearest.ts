/** Longer words are no slip of the finger, and comparing them costs their lengths multiplied. */
const LONGEST = 64;

/**
 * The names that a mistyped word most likely meant, nearest first, equals in their given order.
 * Near is one slip in three letters (a letter more, less, other, or two swapped; case is no slip),
 * or a name that begins with the word.
 *
 * @returns At most `limit` names; empty when none is near.
 */
export function nearestNames(word: string, names: Iterable<string>, limit = 3): string[] {
  const typed = word.toLowerCase();
  if (typed === '' || typed.length > LONGEST) return [];
  const near: { name: string; distance: number }[] = [];
  for (const name of new Set(names)) {
    const distance = distanceTo(typed, name.toLowerCase());
    if (distance !== null) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance);
  return near.slice(0, limit).map(({ name }) => name);
}

/** `null` when the two are not near. A beginning comes after every slip. */
function distanceTo(typed: string, name: string): number | null {
  const slips = Math.max(1, Math.floor(Math.min(typed.length, LONGEST) / 3));
  const begins = typed.length >= 3 && name.startsWith(typed);
  if (Math.abs(typed.length - name.length) <= slips) {
    const distance = editDistance(typed, name);
    if (distance <= slips) return distance;
  }
  return begins ? slips + 1 : null;
}

/**
 * Letters to insert, remove, replace or swap with their neighbour (optimal string alignment).
 *
 * @see https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance
 */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = at(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped =
        a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
          ? at(beforeLast, column - 2) + 1
          : Infinity;
      current.push(Math.min(replaced, swapped, at(last, column) + 1, at(current, column - 1) + 1));
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(distances: readonly number[], index: number): number {
  return distances[index] ?? Infinity;
}
