import { existsSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { isBelow } from './record/code-tree.ts';
import type { OpenSnapshot } from './record/snapshot.ts';

/** Where a worker runs: in the snapshot of its code, as far as what it names lies there. */
export interface CodePlace {
  cwd(dir: string): string;
  /** Paths of the code in a word of a command, in those of the snapshot. */
  word(word: string): string;
  /** Variables that name where code is found. */
  env(env: Readonly<Record<string, string>>): Record<string, string>;
}

/** Variables that are lists of folders with code. */
const searchPaths = ['PYTHONPATH', 'NODE_PATH'];

/** Maps a worker's places into the snapshot of its code; leaves them as they are where there is none. */
export function codePlace(code: OpenSnapshot | null | undefined): CodePlace {
  if (!code) return { cwd: (dir) => dir, word: (word) => word, env: (env) => ({ ...env }) };
  const { root, dir } = code;
  // what does not lie in the snapshot is where it was: an output to be, a file that was made since
  const mapped = (path: string): string => {
    if (!isBelow(root, path)) return path;
    const there = join(dir, relative(root, path));
    return existsSync(there) ? there : path;
  };
  const escaped = root.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const paths = new RegExp(`(?<![\\w./-])${escaped}(?:/[^\\s"'\`;|&<>()$:,]*)?(?![\\w.-])`, 'g');
  return {
    cwd: mapped,
    word: (word) => (word.includes(root) ? word.replace(paths, mapped) : word),
    env: (env) => ({
      ...env,
      ...Object.fromEntries(
        searchPaths
          .filter((name) => env[name] !== undefined)
          .map((name) => [name, env[name]!.split(delimiter).map(mapped).join(delimiter)]),
      ),
    }),
  };
}
