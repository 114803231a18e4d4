import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What lies at a path: its kind, its mode, and what it holds. */
export interface TreeNode {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** As `0600`. */
  readonly mode: string;
  /** A file's bytes, or where a link points. */
  readonly content: Buffer | null;
}

/**
 * Everything below a directory, by its path in it.
 *
 * @param without - Paths in it that are left out, each with what is below it.
 */
export function readTree(
  root: string,
  without: readonly string[] = [],
): ReadonlyMap<string, TreeNode> {
  const found = new Map<string, TreeNode>();
  const walk = (directory: string): void => {
    for (const name of readdirSync(directory).sort()) {
      const path = join(directory, name);
      const place = relative(root, path);
      if (without.includes(place)) continue;
      const node = readNode(path);
      found.set(place, node);
      if (node.kind === 'directory') walk(path);
    }
  };
  walk(root);
  return found;
}

/** The same as text, for a comparison that a person can read. */
export function describeTree(tree: ReadonlyMap<string, TreeNode>): string[] {
  return [...tree].map(([path, { kind, mode, content }]) =>
    [path, kind, mode, content?.toString('base64') ?? ''].join(' '),
  );
}

function readNode(path: string): TreeNode {
  const stats = lstatSync(path);
  const mode = (stats.mode & 0o7777).toString(8).padStart(4, '0');
  if (stats.isDirectory()) return { kind: 'directory', mode, content: null };
  if (stats.isFile()) return { kind: 'file', mode, content: readFileSync(path) };
  if (stats.isSymbolicLink())
    return { kind: 'link', mode, content: Buffer.from(readlinkSync(path)) };
  return { kind: 'other', mode, content: null };
}
