import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { byCodeUnit, readTextFile, safeRelativePath } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import type { ImagePair, Pairs } from './layout.ts';

/**
 * Reads CFP's protocol from the folder of one of its splits, `Protocol/Split/FP` or `Protocol/Split/FF`: ten folders, each with
 * `same.txt` and `diff.txt` of lines `i,j`, where i is a line of `Pair_list_F.txt` and j one of `Pair_list_P.txt` (FP) or of
 * `Pair_list_F.txt` (FF). Photos are named from the folder above `Protocol`.
 *
 * @throws SemblanceError PATH_NOT_FOUND; DATA_INVALID with file and line
 * @see Sengupta et al., "Frontal to Profile Face Verification in the Wild" (2016)
 */
export async function readCfpPairs(splitDir: string): Promise<Pairs> {
  const dir = resolve(splitDir);
  const split = basename(dir);
  if (split !== 'FF' && split !== 'FP') {
    throw new SemblanceError(
      'DATA_INVALID',
      `expected CFP's Protocol/Split/FP or Protocol/Split/FF but received ${splitDir}`,
    );
  }
  const protocol = join(dir, '..', '..');
  const frontal = await readPhotoList(join(protocol, 'Pair_list_F.txt'));
  const other = split === 'FP' ? await readPhotoList(join(protocol, 'Pair_list_P.txt')) : frontal;

  const folds = (await readdir(dir, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && /^\d+$/.test(entry.name))
    .map(({ name }) => name)
    .sort(byCodeUnit);
  const pairs: ImagePair[] = [];
  for (const fold of folds) {
    for (const [file, same] of [
      ['same.txt', true],
      ['diff.txt', false],
    ] as const) {
      const path = join(dir, fold, file);
      const text = await readTextFile(path);
      for (const [i, line] of text.split(/\r?\n/).entries()) {
        if (line.trim() === '') continue;
        const [, a, b] = /^\s*(\d+)\s*,\s*(\d+)\s*$/.exec(line) ?? [];
        const [first, second] = [frontal.get(Number(a)), other.get(Number(b))];
        if (first === undefined || second === undefined) {
          throw new SemblanceError(
            'DATA_INVALID',
            `${path}:${i + 1}: expected "i,j" of the lists but received "${line.trim()}"`,
          );
        }
        pairs.push({ first, second, same });
      }
    }
  }
  if (pairs.length === 0) throw new SemblanceError('DATA_EMPTY', `no pairs in ${splitDir}`);
  return { pairs, numFolds: pairs.length % folds.length === 0 ? folds.length : 1 };
}

/** Lines `number ../Data/Images/001/frontal/01.jpg`, whose path starts from the folder of the list. */
async function readPhotoList(path: string): Promise<Map<number, string>> {
  const photos = new Map<number, string>();
  for (const [i, line] of (await readTextFile(path)).split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, number, photo] = /^\s*(\d+)\s+(\S.*?)\s*$/.exec(line) ?? [];
    if (photo === undefined) {
      throw new SemblanceError(
        'DATA_INVALID',
        `${path}:${i + 1}: expected "number photo" but received "${line.trim()}"`,
      );
    }
    photos.set(Number(number), safeRelativePath(photo.replaceAll('\\', '/').replace(/^\.\.\//, '')));
  }
  return photos;
}
