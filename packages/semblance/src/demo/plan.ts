import { join } from 'node:path';

/** What the demo renders. Ranges of seeds are disjoint sets of people, ranges of photos disjoint photos. */
export interface DemoPlan {
  /** Scenes to learn from, to choose the score threshold by, and to report on. */
  scenes: {
    train: { count: number; seed: number };
    calibration: { count: number; seed: number };
    test: { count: number; seed: number };
    size: number;
    minFace: number;
    /** How much photos differ, 0 to 1: pose, light, things worn, occlusion, clutter. */
    nuisance: number;
  };
  /** People the recognizer learns from: none of them is ever enrolled or looked up. */
  learned: {
    people: number;
    photos: number;
    firstSeed: number;
    size: number;
    nuisance: number;
    /** Errors of the landmarks that crops are aligned by, those of the detector, as a share of the eye distance. */
    jitter: number;
  };
  enrolled: { people: number; photos: number; firstSeed: number };
  strangers: { people: number; firstSeed: number };
  /** Strangers of the photos by which the threshold is chosen: other people than those reported. */
  otherStrangers: { people: number; firstSeed: number };
  /** Portraits: those enrolled, those that choose the threshold, and those reported. */
  portraits: { probesPerPerson: number; size: number; nuisance: number };
  /** Rate of false alarms that the threshold is chosen for, below the 0.05 that is promised. */
  fpir: number;
  /** Values that replace those of the recipes. */
  overrides: readonly string[];
}

export const fullPlan: DemoPlan = {
  scenes: {
    train: { count: 1200, seed: 1000 },
    calibration: { count: 80, seed: 2000 },
    test: { count: 150, seed: 3000 },
    size: 256,
    minFace: 28,
    nuisance: 0.15,
  },
  // harder than the portraits, so that what is learned holds for people never seen
  learned: { people: 1200, photos: 8, firstSeed: 100_000, size: 48, nuisance: 0.25, jitter: 0.07 },
  enrolled: { people: 48, photos: 5, firstSeed: 200_000 },
  strangers: { people: 64, firstSeed: 300_000 },
  otherStrangers: { people: 96, firstSeed: 400_000 },
  portraits: { probesPerPerson: 3, size: 160, nuisance: 0.1 },
  fpir: 0.03,
  overrides: [],
};

/** Every step in a minute: it shows the way, and its figures mean nothing. */
export const quickPlan: DemoPlan = {
  ...fullPlan,
  scenes: {
    ...fullPlan.scenes,
    train: { count: 32, seed: 1000 },
    calibration: { count: 4, seed: 2000 },
    test: { count: 6, seed: 3000 },
  },
  learned: { ...fullPlan.learned, people: 12, photos: 6 },
  enrolled: { ...fullPlan.enrolled, people: 6, photos: 2 },
  strangers: { ...fullPlan.strangers, people: 4 },
  otherStrangers: { ...fullPlan.otherStrangers, people: 4 },
  portraits: { ...fullPlan.portraits, probesPerPerson: 2 },
  overrides: ['epochs=1', 'batchSize=8'],
};

/** Where the demo keeps what it makes. */
export function demoFolders(out: string) {
  return {
    scenes: join(out, 'data/scenes'),
    calibrationScenes: join(out, 'data/scenes-calibration'),
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
