/** A training as it was recorded by `semblance losses features --record`. */
export interface Run {
  loss: string;
  label: string;
  dimensions: number;
  accuracy: readonly number[];
  spreadDeg: readonly number[];
  gapDeg: readonly number[];
  /** [moments, digits, dimensions], in units of their own at each moment; classes come in turn. */
  points: Int8Array;
  /** [moments, classes, dimensions], of which 127 is 1. */
  directions: Int8Array;
}

export interface Recording {
  /** The step of each moment. */
  steps: readonly number[];
  runs: readonly Run[];
}

export const numDigits = 8;

const bytesOf = (base64: string): Int8Array => Int8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

async function load(dimensions: 2 | 3): Promise<Recording> {
  const { default: file } =
    dimensions === 2 ? await import('./recordings/plane.json') : await import('./recordings/sphere.json');
  const runs = file.runs.map((run) => ({
    ...run,
    points: bytesOf(run.points),
    directions: bytesOf(run.directions),
  }));
  return { steps: file.steps, runs };
}

const loaded = new Map<number, Promise<Recording>>();

/** The trainings of the losses with an embedding of two or three numbers, loaded once; a failure is not kept. */
export function recordingOf(dimensions: 2 | 3): Promise<Recording> {
  let recording = loaded.get(dimensions);
  if (recording === undefined) {
    recording = load(dimensions);
    recording.catch(() => loaded.delete(dimensions));
    loaded.set(dimensions, recording);
  }
  return recording;
}

/** What a training looks like at a moment: rows of `points` and `directions`. */
export function momentOf(run: Run, numMoments: number, moment: number) {
  const rows = (all: Int8Array): number[][] => {
    const size = all.length / numMoments;
    const own = [...all.subarray(size * moment, size * (moment + 1))];
    return Array.from({ length: size / run.dimensions }, (_, n) =>
      own.slice(n * run.dimensions, (n + 1) * run.dimensions),
    );
  };
  return { points: rows(run.points), directions: rows(run.directions) };
}
