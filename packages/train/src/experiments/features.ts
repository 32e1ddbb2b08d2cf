import { permutation, Random } from '@semblance/core/random';
import { mean, valueAt } from '@semblance/core/statistics';
import { dot, normalized } from '@semblance/core/vector';
import { fromArray, manualSeed, nn, noGrad, optim, scope, type Tensor } from '@semblance/torch';
import { createHead, type LossName, type MarginHead } from '../losses/index.ts';
import { type Digits, digitSide, drawDigits, numDigits } from './digits.ts';

/** A loss as the feature pictures train it. */
export interface FeatureVariant {
  loss: LossName;
  label: string;
  options: Readonly<Record<string, unknown>>;
}

export interface FeatureOptions {
  /** Size of the embedding: 2 or 3. */
  dimensions: number;
  steps: number;
  seed: number;
  /** Called before each step and after the last; `look` measures the network as it is then, and changes nothing. */
  onStep?: (step: number, look: () => Look) => void;
}

/** What a network makes of digits that it has not seen. */
export interface Look {
  dimensions: number;
  /** Embeddings of unseen digits, as the network gives them. */
  points: number[][];
  labels: number[];
  /** Unit vectors of the classes: weights, or means where a loss keeps centres. */
  directions: number[][];
  /** Part of the unseen digits that lie nearest to their own class's direction, 0 to 1. */
  accuracy: number;
  /** Angle to the mean direction of the class within which 90 % of its digits lie, averaged over classes. */
  spreadDeg: number;
  /** Smallest angle between the mean directions of two classes. */
  gapDeg: number;
}

export interface Features extends FeatureVariant, Look {
  /** Loss of the last step. */
  finalLoss: number;
}

const batchSize = 64;
const peakLr = 0.1;
const trainCount = 2048;
const testCount = 640;
// Drawn once for all losses, which thus see the same.
const trainDigits = once(() => drawDigits(trainCount, 1));
const testDigits = once(() => drawDigits(testCount, 2));

/**
 * Trains a small network under a loss on drawn digits with an embedding that can be looked at.
 *
 * The margin rises from 30 % to 70 % of the training, so that classes find their places before they are pressed.
 */
export function trainFeatures(
  variant: FeatureVariant,
  { dimensions, steps, seed, onStep }: FeatureOptions,
): Features {
  manualSeed(seed);
  const network = createNetwork(dimensions);
  const head = createHead(
    variant.loss,
    { embeddingSize: dimensions, numClasses: numDigits },
    variant.options,
  );
  const train = trainDigits();
  const optimizer = new optim.SGD([...network.parameters(), ...head.parameters()], {
    lr: peakLr,
    momentum: 0.9,
    weightDecay: 5e-4,
  });
  const look = (): Look => {
    const seen = measure(network, head, dimensions);
    network.train();
    return seen;
  };
  try {
    let last = 0;
    for (let step = 0; step < steps; step++) {
      onStep?.(step, look);
      using _ = scope();
      const { images, labels } = pick(train, step, seed);
      head.marginFactor = Math.min(1, Math.max(0, (step / steps - 0.3) / 0.4));
      const { loss } = head.forward(network.forward(images), labels);
      loss.backward();
      optim.clipGradNorm([...network.parameters(), ...head.parameters()], 5);
      optimizer.setLr(peakLr * 0.5 * (1 + Math.cos((Math.PI * step) / steps)));
      optimizer.step();
      optimizer.zeroGrad();
      last = loss.item();
    }
    onStep?.(steps, look);
    return { ...variant, ...look(), finalLoss: last };
  } finally {
    network.dispose();
    head.dispose();
  }
}

/** 20 × 20 → 6 × 6 → 128 → embedding: about two milliseconds a step on one core. */
function createNetwork(dimensions: number): nn.Sequential {
  return new nn.Sequential(
    new nn.Conv2d(1, 16, 5, { stride: 3, padding: 1 }),
    new nn.ReLU(),
    new nn.Flatten(),
    new nn.Linear(16 * 6 * 6, 128),
    new nn.BatchNorm1d(128),
    new nn.PReLU(128),
    new nn.Linear(128, dimensions),
  );
}

function pick({ pixels, labels }: Digits, step: number, seed: number): { images: Tensor; labels: Tensor } {
  const perEpoch = trainCount / batchSize;
  const order = permutation(trainCount, Random.of(seed, Math.floor(step / perEpoch)));
  const area = digitSide * digitSide;
  const images = new Float32Array(batchSize * area);
  const chosen = new BigInt64Array(batchSize);
  for (let n = 0; n < batchSize; n++) {
    const from = order[(step % perEpoch) * batchSize + n]!;
    images.set(pixels.subarray(from * area, (from + 1) * area), n * area);
    chosen[n] = labels[from]!;
  }
  return { images: fromArray(images, [batchSize, 1, digitSide, digitSide]), labels: fromArray(chosen) };
}

function measure(network: nn.Sequential, head: MarginHead, dimensions: number): Look {
  using _ = scope();
  network.eval();
  const test = testDigits();
  const images = fromArray(test.pixels, [testCount, 1, digitSide, digitSide]);
  const emb_ND = noGrad(() => network.forward(images) as Tensor);
  const points = toRows(emb_ND, dimensions);
  const labels = [...test.labels].map(Number);
  const directions = toRows(head.classVectors(), dimensions).map(normalized);
  const means = directions.map((_, k) =>
    normalized(sum(points.filter((_, n) => labels[n] === k).map(normalized))),
  );
  const right = points.filter((point, n) => nearest(point, directions) === labels[n]).length;
  const spreads = means.map((mean, k) => {
    const angles = points.filter((_, n) => labels[n] === k).map((point) => angleDeg(point, mean));
    angles.sort((a, b) => a - b);
    return valueAt(angles, 0.9);
  });
  const gaps = means.flatMap((mean, k) => means.slice(k + 1).map((other) => angleDeg(mean, other)));
  return {
    dimensions,
    points,
    labels,
    directions,
    accuracy: right / testCount,
    spreadDeg: mean(spreads),
    gapDeg: Math.min(...gaps),
  };
}

function toRows(tensor: Tensor, width: number): number[][] {
  const values = [...(tensor.toArray() as Float32Array)];
  return Array.from({ length: values.length / width }, (_, n) => values.slice(n * width, (n + 1) * width));
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const sum = (rows: number[][]) => rows[0]!.map((_, i) => rows.reduce((total, row) => total + row[i]!, 0));
const angleDeg = (a: number[], b: number[]) =>
  (Math.acos(Math.min(1, Math.max(-1, dot(normalized(a), normalized(b))))) * 180) / Math.PI;
const nearest = (point: number[], directions: number[][]) => {
  const scores = directions.map((direction) => dot(point, direction));
  return scores.indexOf(Math.max(...scores));
};
