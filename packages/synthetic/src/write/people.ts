import { join } from 'node:path';
import { makeFolder, writeFile } from '@semblance/core/files';
import type { WrittenPhoto } from './jobs.ts';
import { runJobs } from './pool.ts';

export interface WritePeopleOptions {
  /** Folder to write into; made if it is not there. */
  out: string;
  numPeople: number;
  photosPerPerson: number;
  /** Seed of the first person; the others follow by one, so ranges of seeds are disjoint sets of people. */
  seed: number;
  /** Number of the first photo of each person; ranges of photos are disjoint too (0). */
  firstPhoto?: number;
  /** Side of the square photos, px (160; 112 for aligned crops). */
  size?: number;
  /** How much photos differ, 0 to 1 (0.7). */
  nuisance?: number;
  /** Aligned 112-template crops instead of portraits. */
  aligned?: boolean;
  /** Of aligned crops: standard deviation of the landmarks' errors, as a share of the eye distance (0.03). */
  jitter?: number;
  /** Threads (as many as cores); the files do not depend on it. */
  workers?: number;
  onProgress?: (photosDone: number, photosTotal: number) => void;
}

/**
 * Writes a folder per person with JPEGs `0001.jpg`…, and `faces.json` with every face's name, box and
 * landmarks beside them. The same options write the same bytes.
 *
 * @example
 * ```ts
 * import { writePeople } from '@semblance/synthetic';
 *
 * const photos = await writePeople({ out: 'data/people', numPeople: 2, photosPerPerson: 3, seed: 1, size: 64 });
 * console.log(photos.length); // 6
 * ```
 */
export async function writePeople(options: WritePeopleOptions): Promise<WrittenPhoto[]> {
  const { out, numPeople, photosPerPerson, seed, firstPhoto = 0, nuisance = 0.7, aligned = false } = options;
  const size = options.size ?? (aligned ? 112 : 160);
  await makeFolder(out);
  const jobs = Array.from({ length: numPeople }, (_, i) => ({
    kind: 'person' as const,
    out,
    identitySeed: seed + i,
    firstPhoto,
    numPhotos: photosPerPerson,
    size,
    nuisance,
    aligned,
    ...(options.jitter === undefined ? {} : { jitter: options.jitter }),
  }));
  const photos = await runJobs(jobs, {
    ...(options.workers === undefined ? {} : { workers: options.workers }),
    onJob: (done) => options.onProgress?.(done * photosPerPerson, numPeople * photosPerPerson),
  });
  await writeFile(join(out, 'faces.json'), `${JSON.stringify(photos)}\n`);
  return photos;
}
