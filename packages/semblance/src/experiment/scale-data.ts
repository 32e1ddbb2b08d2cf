import { join } from 'node:path';
import type { Io } from '../cli/io.ts';
import { createProgress } from '../cli/progress.ts';
import { FIRST_TEST_PERSON, type ScaleSet } from './scale-plan.ts';

export interface ScaleFolders {
  known: string;
  strangers: string;
  set(set: ScaleSet): string;
}

export const scaleFolders = (out: string): ScaleFolders => ({
  known: join(out, 'test/known'),
  strangers: join(out, 'test/strangers'),
  set: ({ identities }) => join(out, 'sets', String(identities)),
});

export interface ScaleDataOptions {
  sets: readonly ScaleSet[];
  size: number;
  /** People who are in no training set; three of five are enrolled, the others are strangers. */
  testPeople: number;
  testPhotos: number;
}

/** Renders the training sets and the people to test on, what is there already aside. */
export async function renderScaleData(
  { sets, size, testPeople, testPhotos }: ScaleDataOptions,
  folders: ScaleFolders,
  io: Io,
): Promise<void> {
  const { renderPeople } = await import('@semblance/synthetic');
  const numKnown = Math.round(0.6 * testPeople);
  const test = { photosPerPerson: testPhotos, seed: FIRST_TEST_PERSON };
  const all = [
    { what: 'people to recognize', out: folders.known, numPeople: numKnown, ...test },
    {
      what: 'strangers',
      out: folders.strangers,
      numPeople: testPeople - numKnown,
      ...test,
      seed: test.seed + numKnown,
    },
    ...sets.map((set) => ({
      what: `${set.identities} people to learn from`,
      out: folders.set(set),
      numPeople: set.identities,
      photosPerPerson: set.photosPerPerson,
      seed: 1,
    })),
  ];
  for (const { what, ...people } of all) {
    const progress = createProgress(io, `rendering ${what}`);
    await renderPeople({ ...people, size, onProgress: progress.update }).finally(() => progress.end());
  }
}
