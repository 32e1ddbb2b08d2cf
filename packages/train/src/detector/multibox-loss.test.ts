import { Random } from '@semblance/core/random';
import { fromArray, manualSeed, randn, scope, type Tensor } from '@semblance/torch';
import { expect, test } from 'vitest';
import { batchTargets, type MultiboxTargets } from './batch-targets.ts';
import { classLossNames } from './class-losses/index.ts';
import type { MatchedTargets } from './matching.ts';
import { multiboxLoss, retinafaceWeights } from './multibox-loss.ts';

const numAnchors = 40;

function matched(seed: number, numPositives: number): MatchedTargets {
  const rng = Random.of(seed);
  const anchors = new Set<number>();
  while (anchors.size < numPositives) anchors.add(rng.below(numAnchors));
  const positives = Int32Array.from(anchors).sort();
  const withLandmarks = Int32Array.from([...positives.keys()].filter((p) => p % 2 === 0));
  const draw = (n: number) => Float32Array.from({ length: n }, () => rng.range(-3, 3));
  return {
    positives,
    boxes: draw(4 * numPositives),
    withLandmarks,
    landmarks: draw(10 * withLandmarks.length),
    ignored: new Int32Array(0),
  };
}

/** The published loss, written out with loops. */
function reference(
  raw: Record<'boxes' | 'classes' | 'landmarks', Tensor>,
  targets: MultiboxTargets,
  numImages: number,
) {
  const [boxes, classes, landmarks] = [raw.boxes, raw.classes, raw.landmarks].map(
    (t) => t.toArray() as Float32Array,
  );
  const smooth = (d: number) => (Math.abs(d) < 1 ? 0.5 * d * d : Math.abs(d) - 0.5);
  const l1 = (values: Float32Array, anchors: BigInt64Array, wanted: Float32Array, size: number) => {
    let sum = 0;
    for (const [p, anchor] of anchors.entries()) {
      for (let k = 0; k < size; k++)
        sum += smooth(values[Number(anchor) * size + k]! - wanted[p * size + k]!);
    }
    return sum;
  };
  const crossEntropy = (a: number, label: 0 | 1) => {
    const [c0, c1] = [classes![2 * a]!, classes![2 * a + 1]!];
    return Math.log(Math.exp(c0) + Math.exp(c1)) - (label === 1 ? c1 : c0);
  };
  const isPositive = new Set([...targets.positives].map(Number));
  let classSum = 0;
  for (let n = 0; n < numImages; n++) {
    const negatives: number[] = [];
    for (let a = n * numAnchors; a < (n + 1) * numAnchors; a++) {
      if (isPositive.has(a)) classSum += crossEntropy(a, 1);
      else negatives.push(crossEntropy(a, 0));
    }
    negatives.sort((x, y) => y - x);
    const count = Math.min(7 * targets.positivesPerImage[n]!, numAnchors - 1);
    for (const loss of negatives.slice(0, count)) classSum += loss;
  }
  const numPositives = Math.max(1, targets.positives.length);
  return {
    boxes: l1(boxes!, targets.positives, targets.boxes, 4) / numPositives,
    classes: classSum / numPositives,
    landmarks:
      l1(landmarks!, targets.withLandmarks, targets.landmarks, 10) /
      Math.max(1, targets.withLandmarks.length),
  };
}

test.each([
  { name: 'few faces', counts: [3, 1] },
  { name: 'an image without a face', counts: [0, 2] },
  { name: 'more positives than hard negatives can be had', counts: [12, 30] },
  { name: 'no face at all', counts: [0, 0] },
])('equals the published loss with $name', ({ counts }) => {
  using _ = scope();
  manualSeed(4);
  const numImages = counts.length;
  const raw = {
    boxes: randn([numImages, numAnchors, 4], { requiresGrad: true }),
    classes: randn([numImages, numAnchors, 2], { requiresGrad: true }),
    landmarks: randn([numImages, numAnchors, 10], { requiresGrad: true }),
  };
  const targets = batchTargets(
    counts.map((count, i) => matched(i + 1, count)),
    numAnchors,
  );
  const expected = reference(raw, targets, numImages);
  const { loss, boxes, classes, landmarks } = multiboxLoss(raw, targets);
  expect(boxes.item()).toBeCloseTo(expected.boxes, 4);
  expect(classes.item()).toBeCloseTo(expected.classes, 4);
  expect(landmarks.item()).toBeCloseTo(expected.landmarks, 4);
  expect(loss.item()).toBeCloseTo(2 * expected.boxes + expected.classes + expected.landmarks, 3);
  loss.backward();
  for (const tensor of Object.values(raw)) {
    expect([...(tensor.grad!.toArray() as Float32Array)].every(Number.isFinite)).toBe(true);
  }
});

test('only positives and the hardest negatives get a gradient', () => {
  using _ = scope();
  const logits = new Float32Array(2 * numAnchors);
  for (let a = 0; a < numAnchors; a++) logits[2 * a + 1] = a / 10;
  const raw = {
    boxes: randn([1, numAnchors, 4]),
    classes: fromArray(logits, [1, numAnchors, 2], { requiresGrad: true }),
    landmarks: randn([1, numAnchors, 10]),
  };
  const image = { ...matched(1, 1), positives: Int32Array.of(2) };
  multiboxLoss(raw, batchTargets([image], numAnchors), retinafaceWeights).classes.backward();
  const gradient = raw.classes.grad!.toArray() as Float32Array;
  const moved = Array.from({ length: numAnchors }, (_, a) => a).filter((a) => gradient[2 * a] !== 0);
  expect(moved).toEqual([2, 33, 34, 35, 36, 37, 38, 39]);
});

test('ignored anchors are neither face nor background, under every loss of classes', () => {
  using _ = scope();
  const logits = new Float32Array(2 * numAnchors);
  for (let a = 0; a < numAnchors; a++) logits[2 * a + 1] = a / 10;
  for (const classLoss of classLossNames) {
    const raw = {
      boxes: randn([1, numAnchors, 4]),
      classes: fromArray(logits, [1, numAnchors, 2], { requiresGrad: true }),
      landmarks: randn([1, numAnchors, 10]),
    };
    // The hardest background of all.
    const image = { ...matched(1, 1), positives: Int32Array.of(2), ignored: Int32Array.of(38, 39) };
    multiboxLoss(raw, batchTargets([image], numAnchors), {
      ...retinafaceWeights,
      classLoss,
    }).classes.backward();
    const gradient = raw.classes.grad!.toArray() as Float32Array;
    expect([gradient[2 * 37] !== 0, gradient[2 * 38], gradient[2 * 39]]).toEqual([true, 0, 0]);
  }
});

test('targets of images are put one after another', () => {
  const targets = batchTargets([matched(1, 2), matched(2, 3)], numAnchors);
  expect([...targets.positivesPerImage]).toEqual([2, 3]);
  expect([...targets.positives].map(Number)).toEqual([
    ...matched(1, 2).positives,
    ...[...matched(2, 3).positives].map((a) => a + numAnchors),
  ]);
  expect(targets.boxes.length).toBe(20);
  expect(targets.withLandmarks.length).toBe(3);
  const between = { ...matched(1, 2), ignored: Int32Array.of(1, 30) };
  expect([...batchTargets([between, between], numAnchors).ignored].map(Number)).toEqual([1, 30, 41, 70]);
});

test.each([
  ['hard-negatives', false],
  ['focal', true],
] as const)('background of an image without a positive: under %s it teaches: %s', (classLoss, teaches) => {
  using _ = scope();
  manualSeed(3);
  const make = (size: number) => randn([2, numAnchors, size], { requiresGrad: true });
  const raw = { boxes: make(4), classes: make(2), landmarks: make(10) };
  const targets = batchTargets([matched(1, 3), matched(2, 0)], numAnchors);
  multiboxLoss(raw, targets, { ...retinafaceWeights, classLoss }).loss.backward();
  const gradient = raw.classes.grad!.select(0, 1).abs().sum().item();
  expect(gradient > 0).toBe(teaches);
});
