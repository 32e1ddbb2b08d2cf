import { readFile } from 'node:fs/promises';
import { SemblanceError } from '../error.ts';
import { statOrThrow } from './list-images.ts';

export interface ImagePair {
  /** Paths relative to the photos' folder, as `Name/Name_0001.jpg`. */
  first: string;
  second: string;
  /** Whether both show one person. */
  same: boolean;
}

export interface Pairs {
  pairs: ImagePair[];
  /** Contiguous, equally long folds, in file order. */
  numFolds: number;
}

const lfwName = (name: string, index: string): string => `${name}/${name}_${index.padStart(4, '0')}.jpg`;

/**
 * Reads verification pairs.
 *
 * Two layouts: LFW's `pairs.txt` (a first line with `folds pairsPerFold`; then `name i j` for one person and
 * `name1 i name2 j` for two, parted by tabs), and plain lines `pathA pathB 0|1` (commas, tabs or spaces), which
 * are one run of 10 folds where their number allows it.
 *
 * @throws SemblanceError PATH_NOT_FOUND; DATA_INVALID with the line's number; DATA_EMPTY.
 */
export async function readPairs(file: string): Promise<Pairs> {
  await statOrThrow(file);
  return parsePairs(await readFile(file, 'utf8'), file);
}

/** {@link readPairs} on text; `source` names it in errors. */
export function parsePairs(text: string, source = 'pairs'): Pairs {
  const lines = text.split(/\r?\n/);
  const header = /^\s*(\d+)(?:\s+(\d+))?\s*$/.exec(lines[0] ?? '');
  const pairs: ImagePair[] = [];
  for (let i = header ? 1 : 0; i < lines.length; i++) {
    const line = lines[i]!.trim();
    if (line !== '' && !line.startsWith('#')) pairs.push(parseLine(line, `${source}:${i + 1}`));
  }
  if (pairs.length === 0) throw new SemblanceError('DATA_EMPTY', `no pairs in ${source}`);

  if (header?.[2] !== undefined) {
    const expected = Number(header[1]) * Number(header[2]) * 2;
    if (pairs.length !== expected) {
      throw new SemblanceError(
        'DATA_INVALID',
        `${source}: expected ${expected} pairs but found ${pairs.length}`,
      );
    }
    return { pairs, numFolds: Number(header[1]) };
  }
  // LFW's view 1 (`2200` alone in its first line) is one fold; a plain list is cut into ten.
  return { pairs, numFolds: header || pairs.length % 10 !== 0 ? 1 : 10 };
}

function parseLine(line: string, where: string): ImagePair {
  const separator = line.includes('\t') ? /\t+/ : line.includes(',') ? /\s*,\s*/ : /\s+/;
  const fields = line.split(separator);
  const isIndex = (text: string | undefined): boolean => text !== undefined && /^\d+$/.test(text);
  const [a, b, c, d] = fields as [string, string, string, string];
  if (fields.length === 3 && isIndex(b) && isIndex(c)) {
    return { first: lfwName(a, b), second: lfwName(a, c), same: true };
  }
  if (fields.length === 4 && isIndex(b) && isIndex(d)) {
    return { first: lfwName(a, b), second: lfwName(c, d), same: false };
  }
  if (fields.length === 3 && (c === '0' || c === '1')) return { first: a, second: b, same: c === '1' };
  throw new SemblanceError(
    'DATA_INVALID',
    `${where}: expected "name i j", "name1 i name2 j" or "pathA pathB 0|1" but received "${line}"`,
  );
}
