import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextFile } from '@semblance/core/files';
import { readVerificationBin } from '../datasets/bin/verification-bin.ts';
import type { Pairs } from '../datasets/pair-layouts/layout.ts';
import { readPairs } from '../datasets/pairs.ts';
import { SemblanceError } from '../error.ts';
import type { EvaluatedPhoto } from './embed-photos.ts';
import type { Template } from './identification-plan.ts';
import { readTemplates } from './template-file.ts';

/** Pairs and the photos they are of, each once. */
export interface VerificationSet {
  pairs: Pairs;
  photos: EvaluatedPhoto[];
  /** Where pairs are of templates: these by the names in the pairs. */
  templates: ReadonlyMap<string, Template> | null;
}

/**
 * Reads what a verification test compares: a list of pairs over photos below `data`, or a verification set (`.bin`),
 * which holds its photos itself. With `templateFile` the pairs are lines `templateA templateB 0|1`, one fold.
 *
 * @throws SemblanceError USAGE_MISSING_ARGUMENT where a list comes without `data`; PATH_NOT_FOUND; what the readers throw
 */
export async function readVerificationSet(
  path: string,
  data: string | undefined,
  templateFile?: string,
): Promise<VerificationSet> {
  if (/\.bin$/i.test(path)) return readBin(path);
  if (data === undefined) {
    throw new SemblanceError(
      'USAGE_MISSING_ARGUMENT',
      'a list of pairs needs --data, the folder of its photos',
    );
  }
  if (templateFile !== undefined) return readTemplatePairs(path, data, templateFile);
  const pairs = await readPairs(path);
  // one missing photo is a missed photo; a wrong folder is an error
  await stat(data).catch((cause: unknown) => {
    throw new SemblanceError('PATH_NOT_FOUND', `no such folder: ${data}`, { cause });
  });
  const names = new Set(pairs.pairs.flatMap(({ first, second }) => [first, second]));
  const photos = [...names].map((name) => ({ name, path: join(data, name) }));
  return { pairs, photos, templates: null };
}

async function readBin(path: string): Promise<VerificationSet> {
  const { images, same } = await readVerificationBin(path);
  const nameOf = (i: number): string => `photo ${i}`;
  return {
    pairs: {
      pairs: same.map((isSame, k) => ({ first: nameOf(2 * k), second: nameOf(2 * k + 1), same: isSame })),
      numFolds: same.length % 10 === 0 ? 10 : 1,
    },
    photos: images.map((bytes, i) => ({ name: nameOf(i), path, read: async () => bytes })),
    templates: null,
  };
}

async function readTemplatePairs(path: string, data: string, file: string): Promise<VerificationSet> {
  const templates = await readTemplates(file, data);
  const text = await readTextFile(path);
  const pairs = text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === '') return [];
    const [first, second, same, ...rest] = line.trim().split(/[\s,]+/);
    const isKnown = templates.has(first!) && templates.has(second ?? '');
    if (!isKnown || (same !== '0' && same !== '1') || rest.length > 0) {
      const message = `${path}:${i + 1}: expected "templateA templateB 0|1" of ${file} but received "${line}"`;
      throw new SemblanceError('DATA_INVALID', message);
    }
    return [{ first: first!, second: second!, same: same === '1' }];
  });
  if (pairs.length === 0) throw new SemblanceError('DATA_EMPTY', `no pairs in ${path}`);
  const used = new Set(pairs.flatMap(({ first, second }) => [first, second]));
  const photos = [...used].flatMap((name) => templates.get(name)!.photos.map(({ photo }) => photo));
  return {
    pairs: { pairs, numFolds: 1 },
    photos: [...new Map(photos.map((photo) => [photo.name, photo])).values()],
    templates,
  };
}
