import { SemblanceError } from '../error.ts';

/** What `experiment ladder` trains: every loss at every number of people, some of them with several seeds. */
export interface ScaleOptions {
  identities: readonly number[];
  losses: readonly string[];
  /** Seeds of the losses in `seeded`; the others have one. */
  seeds: number;
  seeded: readonly string[];
  /** Images of every training set, shared out evenly among its people. */
  images: number;
}

/** A training set: so many people, so many photos of each. */
export interface ScaleSet {
  identities: number;
  photosPerPerson: number;
}

export interface ScaleRun extends ScaleSet {
  /** Folder of the run, `500/arcface-2`. */
  name: string;
  loss: string;
  seed: number;
}

/** Seeds of people who are only ever tested on: no training set reaches them. */
export const FIRST_TEST_PERSON = 1_000_000_001;

/**
 * The training sets and runs of a ladder.
 *
 * @throws SemblanceError USAGE_INVALID_VALUE where the images leave a person fewer than two photos
 */
export function planScale({ identities, losses, seeds, seeded, images }: ScaleOptions): {
  sets: ScaleSet[];
  runs: ScaleRun[];
} {
  const numbers = [...new Set(identities)].sort((a, b) => a - b);
  const most = numbers.at(-1)!;
  if (images < 2 * most)
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `--images ${images} leaves ${most} people fewer than two photos each: give at least ${2 * most}`,
    );
  const sets = numbers.map((count) => ({
    identities: count,
    photosPerPerson: Math.round(images / count),
  }));
  const runs = sets.flatMap((set) =>
    losses.flatMap((loss) =>
      Array.from({ length: seeded.includes(loss) ? seeds : 1 }, (_, i) => ({
        ...set,
        loss,
        seed: i + 1,
        name: `${set.identities}/${loss}-${i + 1}`,
      })),
    ),
  );
  return { sets, runs };
}
