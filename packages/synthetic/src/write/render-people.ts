import { appendFileSync, existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SemblanceError } from '@semblance/core/error';
import { makeFolder, writeFile } from '@semblance/core/files';
import { createIdentity } from '../identity/identity.ts';
import type { PersonJob, WrittenPhoto } from './jobs.ts';
import type { WritePeopleOptions } from './people.ts';
import { runJobs } from './pool.ts';

/** Grows when the same options give other pictures. */
export const RENDERER = 2;

export interface RenderedPeople {
  photos: number;
  /** Photos that this call rendered; the others were there. */
  rendered: number;
}

/**
 * Renders people of the varied kind into a folder per person, as many as one likes, and can be killed at any moment:
 * the same call renders what is missing, and the files are the same as without the interruption, whatever the number
 * of threads. `render.json` says what was asked for, `faces.json`, written last, what is in the photos.
 *
 * @throws SemblanceError PATH_EXISTS where the folder holds a rendering with other options
 * @example
 * ```ts
 * import { renderPeople } from '@semblance/synthetic';
 *
 * const { photos } = await renderPeople({ out: 'data/many', numPeople: 2, photosPerPerson: 3, seed: 1, size: 64 });
 * console.log(photos); // 6
 * ```
 */
export async function renderPeople(options: WritePeopleOptions): Promise<RenderedPeople> {
  const { out, numPeople, photosPerPerson, seed, firstPhoto = 0, nuisance = 0.7, aligned = true } = options;
  const { size = aligned ? 112 : 160, jitter = 0.03, onProgress } = options;
  const asked = {
    renderer: RENDERER,
    numPeople,
    photosPerPerson,
    seed,
    firstPhoto,
    size,
    nuisance,
    aligned,
    jitter,
  };
  const photos = numPeople * photosPerPerson;
  await makeFolder(out);
  await claim(out, JSON.stringify(asked));
  if (existsSync(join(out, 'faces.json'))) return { photos, rendered: 0 };

  const journal = join(out, 'render.jsonl');
  const known = await readJournal(journal, seed);
  const missing = Array.from({ length: numPeople }, (_, i) => seed + i).filter((one) => !known.has(one));
  // What a killed call left of people it did not finish.
  for (const one of missing) await rm(join(out, createName(one)), { recursive: true, force: true });
  const jobs = missing.map(
    (identitySeed): PersonJob => ({
      kind: 'person',
      out,
      identitySeed,
      firstPhoto,
      numPhotos: photosPerPerson,
      size,
      nuisance,
      aligned,
      jitter,
      varied: true,
    }),
  );
  const done = numPeople - missing.length;
  await runJobs(jobs, {
    ...(options.workers === undefined ? {} : { workers: options.workers }),
    onJob(numDone, job, written) {
      const one = missing[job]!;
      known.set(one, written);
      appendFileSync(journal, `${JSON.stringify({ seed: one, photos: written })}\n`);
      onProgress?.((done + numDone) * photosPerPerson, photos);
    },
  });
  const all = Array.from({ length: numPeople }, (_, i) => known.get(seed + i)!).flat();
  await writeFile(join(out, 'faces.json'), `${JSON.stringify(all)}\n`);
  await rm(journal, { force: true });
  return { photos, rendered: missing.length * photosPerPerson };
}

const createName = (seed: number): string => createIdentity(seed).name;

/** Writes down what the folder is for, or compares where it was. */
async function claim(out: string, asked: string): Promise<void> {
  const file = join(out, 'render.json');
  if (!existsSync(file)) {
    await writeFile(file, `${asked}\n`);
    return;
  }
  const before = (await readFile(file, 'utf8')).trim();
  if (before !== asked)
    throw new SemblanceError(
      'PATH_EXISTS',
      `${out} holds a rendering of ${before}, not of ${asked}: choose another folder, or repeat the command it was made by`,
    );
}

/** The people that were finished; a last line that was cut short is cut off. */
async function readJournal(file: string, first: number): Promise<Map<number, WrittenPhoto[]>> {
  const known = new Map<number, WrittenPhoto[]>();
  if (!existsSync(file)) return known;
  const lines = (await readFile(file, 'utf8')).split('\n');
  const whole = lines.slice(0, -1);
  for (const line of whole) {
    const { seed, photos } = JSON.parse(line) as { seed: number; photos: WrittenPhoto[] };
    if (seed >= first) known.set(seed, photos);
  }
  if (lines.at(-1) !== '') await writeFile(file, whole.map((line) => `${line}\n`).join(''));
  return known;
}
