import { join } from 'node:path';

/** How much of everything a demo service has. */
export interface ServedDemoPlan {
  /** Scenes that the detector learns from. */
  scenes: number;
  /** People that the recognizer learns from, and photos of each: none of them is enrolled. */
  learned: { people: number; photos: number };
  /** Photos of each enrolled person, and how many are enrolled. */
  enrolled: { people: number; photos: number };
  /** People whom no training saw, to evaluate by. */
  unseen: { people: number; photos: number };
  /** Photos of several people, to be dropped on the page. */
  parties: number;
  /** Parameters of the trainings: of the detector, of recognizers, and of those that the sweep tries. */
  trainings: Record<'detector' | 'recognizer' | 'trial', Readonly<Record<string, string>>>;
}

/** Sizes of the demo by their names: what `--demo` takes. */
export const demoSizes = {
  full: {
    scenes: 700,
    learned: { people: 700, photos: 8 },
    enrolled: { people: 24, photos: 4 },
    unseen: { people: 40, photos: 4 },
    parties: 8,
    trainings: {
      detector: { autoImages: '9000' },
      recognizer: { autoImages: '40000', valPerPerson: '1' },
      trial: { autoImages: '6000', valPerPerson: '1' },
    },
  },
  /** Every step in seconds: it shows the way, and its models know nobody. */
  quick: {
    scenes: 16,
    learned: { people: 12, photos: 4 },
    enrolled: { people: 6, photos: 2 },
    unseen: { people: 6, photos: 2 },
    parties: 2,
    trainings: {
      detector: { epochs: '1', batchSize: '8' },
      recognizer: { epochs: '1', batchSize: '8', valPerPerson: '1' },
      trial: { epochs: '1', batchSize: '8', valPerPerson: '1' },
    },
  },
} as const satisfies Record<string, ServedDemoPlan>;

export type DemoSize = keyof typeof demoSizes;

/** Seeds of people: disjoint sets of them. */
export const seeds = { learned: 100_000, enrolled: 200_000, unseen: 300_000 } as const;

/** Where a demo service keeps what it is filled with, below the folder of the service itself. */
export function servedDemoFolders(state: string) {
  const at = (...names: string[]) => join(state, 'demo', ...names);
  return {
    root: at(),
    mark: at('demo.json'),
    lock: at('.lock'),
    scenes: at('data', 'scenes'),
    learned: at('data', 'faces'),
    known: at('data', 'known'),
    unseen: at('data', 'unseen'),
    scenesOfKnown: at('data', 'parties'),
    pairs: at('data', 'pairs.csv'),
    /** A folder for each person, by their name: what is enrolled. */
    people: at('people'),
    /** To be dropped on the page. */
    photos: at('photos'),
    jobs: at('jobs'),
    detector: at('models', 'detector'),
    recognizer: at('models', 'recognizer'),
    gallery: at('gallery'),
  };
}

export type ServedDemoFolders = ReturnType<typeof servedDemoFolders>;
