import type { Features, FeatureVariant, Look } from './features.ts';

/** How many moments of a training are kept, and how many of the unseen digits. */
const numFrames = 25;
const numPoints = 160;

/** A training as it can be looked at step by step; 8 bits a number, since it is drawn some hundred pixels wide. */
export interface RecordedRun extends FeatureVariant {
  dimensions: number;
  /** Of each moment: digits that are right, half-width of 90 % of a class, angle between the closest two. */
  accuracy: number[];
  spreadDeg: number[];
  gapDeg: number[];
  /** Of each moment, the largest coordinate: 127 in `points` stands for it. */
  reach: number[];
  /** Int8 in base64, [moments, digits, dimensions]; digits of the classes 0 to 7 come in turn. */
  points: string;
  /** Int8 in base64, [moments, classes, dimensions]: the unit vectors of the classes, of which 127 is 1. */
  directions: string;
}

/** The steps that are looked at: close together at first, when most happens. */
export function recordedSteps(steps: number): number[] {
  const wanted = Array.from({ length: numFrames }, (_, i) => Math.round(steps * (i / (numFrames - 1)) ** 2));
  return [...new Set(wanted)];
}

/** Keeps what a training looks like at the steps that are to be recorded. */
export class FeatureRecorder {
  private readonly steps: ReadonlySet<number>;
  private readonly looks: Look[] = [];

  constructor(steps: number) {
    this.steps = new Set(recordedSteps(steps));
  }

  onStep = (step: number, look: () => Look): void => {
    if (this.steps.has(step)) this.looks.push(look());
  };

  finish({ loss, label, options, dimensions }: Features): RecordedRun {
    const looks = this.looks;
    const reach = looks.map(({ points }) =>
      Number(Math.max(...points.slice(0, numPoints).flat().map(Math.abs)).toPrecision(4)),
    );
    const of = (measure: 'accuracy' | 'spreadDeg' | 'gapDeg', digits: number) =>
      looks.map((look) => Number(look[measure].toFixed(digits)));
    return {
      ...{ loss, label, options, dimensions },
      accuracy: of('accuracy', 3),
      spreadDeg: of('spreadDeg', 1),
      gapDeg: of('gapDeg', 1),
      reach,
      points: inBytes(
        looks.map(({ points }) => points.slice(0, numPoints)),
        reach,
      ),
      directions: inBytes(
        looks.map(({ directions }) => directions),
        looks.map(() => 1),
      ),
    };
  }
}

const inBytes = (frames: number[][][], reach: number[]): string =>
  Buffer.from(
    Int8Array.from(frames.flatMap((frame, f) => frame.flat().map((x) => Math.round((127 * x) / reach[f]!)))),
  ).toString('base64');
