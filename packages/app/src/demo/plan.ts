import { join } from 'node:path';

/** What the demo renders. Ranges of seeds are disjoint sets of people, ranges of photos disjoint photos. */
export const plan = {
  scenes: { train: 1500, test: 150, trainSeed: 1000, testSeed: 2000, size: 320, minFace: 20 },
  /** People the recognizer learns from: none of them is ever enrolled or looked up. */
  learned: { people: 360, photos: 16, firstSeed: 100_000, size: 80 },
  enrolled: { people: 48, photos: 3, firstSeed: 200_000 },
  strangers: { people: 32, firstSeed: 300_000 },
  /** Strangers of the photos by which the threshold is chosen: other people than those reported. */
  otherStrangers: { people: 48, firstSeed: 400_000 },
  probes: { photos: 4, size: 200 },
  /** Rate of false alarms that the threshold is chosen for, below the 0.05 that is promised. */
  fpir: 0.02,
} as const;

/** Where the demo keeps what it makes. */
export function demoFolders(out: string) {
  return {
    scenes: join(out, 'data/scenes'),
    testScenes: join(out, 'data/scenes-test'),
    learned: join(out, 'data/faces'),
    enrolled: join(out, 'data/gallery'),
    /** Probes by which the threshold is chosen, and those that are reported. */
    calibration: {
      mated: join(out, 'data/probes/calibration/known'),
      strangers: join(out, 'data/probes/calibration/strangers'),
    },
    test: { mated: join(out, 'data/probes/test/known'), strangers: join(out, 'data/probes/test/strangers') },
    detector: join(out, 'models/detector'),
    recognizer: join(out, 'models/recognizer'),
    gallery: join(out, 'gallery'),
    photos: join(out, 'photos'),
    results: join(out, 'results.json'),
    report: join(out, 'report.html'),
  };
}

export type DemoFolders = ReturnType<typeof demoFolders>;
