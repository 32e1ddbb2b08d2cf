import { readTextFile, statOrThrow } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { calfw } from './pair-layouts/calfw.ts';
import { readCfpPairs } from './pair-layouts/cfp.ts';
import type { PairLayout, PairLine, Pairs } from './pair-layouts/layout.ts';
import { lfw } from './pair-layouts/lfw.ts';
import { plain } from './pair-layouts/plain.ts';

export type { ImagePair, Pairs } from './pair-layouts/layout.ts';

/** Every layout of a list in one file: adding one is adding a file and a line. The first that knows the first lines is taken. */
const layouts: Record<string, PairLayout> = { lfw, plain, calfw };

/**
 * Reads verification pairs: LFW's `pairs.txt`, lines `pathA pathB 0|1`, `pairs_CALFW.txt` and `pairs_CPLFW.txt`; or CFP's protocol
 * from its folder `Protocol/Split/FP` (or `FF`). The layout is told by the content.
 *
 * @throws SemblanceError PATH_NOT_FOUND; DATA_INVALID with the line's number; DATA_EMPTY.
 * @returns the pairs in the file's order, and the number of folds that its layout has
 * @example
 * ```ts
 * import { readPairs } from '@semblance/lab';
 *
 * const { pairs, numFolds } = await readPairs('pairs.txt');
 * console.log(pairs[0], numFolds); // { first: 'ada/0.png', second: 'ada/6.png', same: true } 10
 * ```
 */
export async function readPairs(path: string): Promise<Pairs> {
  if ((await statOrThrow(path)).isDirectory()) return readCfpPairs(path);
  return parsePairs(await readTextFile(path), path);
}

/** Whether a text is a list of pairs, by its first lines. */
export function isPairList(text: string): boolean {
  const lines = linesOf(text);
  return Object.values(layouts).some(({ recognises }) => recognises(lines));
}

/** The lines that are neither blank nor comments. */
const linesOf = (text: string): PairLine[] =>
  text
    .split(/\r?\n/)
    .map((line, i) => ({ text: line.trim(), number: i + 1 }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'));

/** {@link readPairs} on text; `source` names it in errors. */
export function parsePairs(text: string, source = 'pairs'): Pairs {
  const lines = linesOf(text);
  if (lines.length === 0) throw new SemblanceError('DATA_EMPTY', `no pairs in ${source}`);
  const layout = Object.values(layouts).find(({ recognises }) => recognises(lines));
  if (layout) return layout.parse(lines, source);
  const shown = lines.length > 1 && /^[\d\s]+$/.test(lines[0]!.text) ? lines[1]! : lines[0]!;
  throw new SemblanceError(
    'DATA_INVALID',
    `${source}:${shown.number}: expected "name i j", "name1 i name2 j", "pathA pathB 0|1" or two lines "photo token" but received "${shown.text}"`,
  );
}

/** The list as lines `pathA TAB pathB TAB 0|1`, which {@link parsePairs} reads. */
export const formatPairs = ({ pairs }: Pairs): string =>
  pairs.map(({ first, second, same }) => `${first}\t${second}\t${same ? 1 : 0}\n`).join('');
