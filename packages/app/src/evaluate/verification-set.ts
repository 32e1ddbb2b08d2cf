import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Pairs, readPairs, readVerificationBin, SemblanceError } from '@semblance/face';
import type { EvaluatedPhoto } from './embed-photos.ts';

/** Pairs and the photos they are of, each once. */
export interface VerificationSet {
  pairs: Pairs;
  photos: EvaluatedPhoto[];
}

/**
 * Reads what a verification test compares: a list of pairs over photos below `data`, or a verification set (`.bin`),
 * which holds its photos itself.
 *
 * @throws SemblanceError USAGE_MISSING_ARGUMENT where a list comes without `data`; PATH_NOT_FOUND; what the readers throw
 */
export async function readVerificationSet(path: string, data: string | undefined): Promise<VerificationSet> {
  if (/\.bin$/i.test(path)) return readBin(path);
  if (data === undefined) {
    throw new SemblanceError(
      'USAGE_MISSING_ARGUMENT',
      'a list of pairs needs --data, the folder of its photos',
    );
  }
  const pairs = await readPairs(path);
  // one missing photo is a missed photo; a wrong folder is an error
  await stat(data).catch((cause: unknown) => {
    throw new SemblanceError('PATH_NOT_FOUND', `no such folder: ${data}`, { cause });
  });
  const names = new Set(pairs.pairs.flatMap(({ first, second }) => [first, second]));
  return { pairs, photos: [...names].map((name) => ({ name, path: join(data, name) })) };
}

async function readBin(path: string): Promise<VerificationSet> {
  const { images, same } = await readVerificationBin(path);
  const nameOf = (i: number): string => `photo ${i}`;
  return {
    pairs: {
      pairs: same.map((isSame, k) => ({ first: nameOf(2 * k), second: nameOf(2 * k + 1), same: isSame })),
      numFolds: same.length % 10 === 0 ? 10 : 1,
    },
    photos: images.map((bytes, i) => ({ name: nameOf(i), path, bytes })),
  };
}
