import { Random } from '@semblance/core/random';
import { fromArray, scope } from '@semblance/torch';
import { expect, test } from 'vitest';
import { type BoxLossName, boxLosses, boxLossNames } from './index.ts';

type Offsets = [number, number, number, number];

/** The boxes of offsets against an anchor of side 37 at (100, 60): corners in pixels. */
function corners([dx, dy, dw, dh]: Offsets): Offsets {
  const [x, y] = [100 + dx * 0.1 * 37, 60 + dy * 0.1 * 37];
  const [w, h] = [37 * Math.exp(0.2 * dw), 37 * Math.exp(0.2 * dh)];
  return [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
}

/** The papers' formulas in float64, from corners; `alpha` is CIoU's weight, which has no gradient. */
function closedForm(name: BoxLossName, predicted: Offsets, wanted: Offsets, alpha?: number): number {
  if (name === 'smooth-l1') {
    const terms = predicted.map((value, k) => Math.abs(value - wanted[k]!));
    return terms.reduce((sum, d) => sum + (d < 1 ? 0.5 * d * d : d - 0.5), 0);
  }
  const [a, b] = [corners(predicted), corners(wanted)];
  const area = ([x1, y1, x2, y2]: Offsets) => (x2 - x1) * (y2 - y1);
  const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const iou = (width * height) / (area(a) + area(b) - width * height);
  const centre = ([x1, y1, x2, y2]: Offsets) => [(x1 + x2) / 2, (y1 + y2) / 2] as const;
  const rho = Math.hypot(centre(a)[0] - centre(b)[0], centre(a)[1] - centre(b)[1]);
  const c = Math.hypot(
    Math.max(a[2], b[2]) - Math.min(a[0], b[0]),
    Math.max(a[3], b[3]) - Math.min(a[1], b[1]),
  );
  const distance = 1 - iou + (rho / c) ** 2;
  if (name === 'diou') return distance;
  const slant = (box: Offsets) => Math.atan((box[2] - box[0]) / (box[3] - box[1]));
  const v = (4 / Math.PI ** 2) * (slant(b) - slant(a)) ** 2;
  return distance + (alpha ?? v / (1 - iou + v)) * v;
}

/** CIoU's α at a point, as its closed form has it. */
function alphaAt(predicted: Offsets, wanted: Offsets): number {
  const whole = closedForm('ciou', predicted, wanted);
  const without = closedForm('diou', predicted, wanted);
  const withOne = closedForm('ciou', predicted, wanted, 1);
  return (whole - without) / (withOne - without);
}

const rng = Random.of(5);
const drawn = Array.from({ length: 40 }, (_, i) => {
  const near = i < 30 ? 4 : 30; // the last ten do not touch
  const draw = (range: number): Offsets => [
    rng.range(-range, range),
    rng.range(-range, range),
    rng.range(-3, 3),
    rng.range(-3, 3),
  ];
  return { predicted: draw(near), wanted: draw(near) };
});

test.each(boxLossNames)('%s and its gradient agree with the closed form in float64', (name) => {
  using _ = scope();
  for (const { predicted, wanted } of drawn) {
    const p = fromArray(Float64Array.from(predicted), [1, 4], { requiresGrad: true });
    const loss = boxLosses[name].loss(p, fromArray(Float64Array.from(wanted), [1, 4]));
    expect(loss.item()).toBeCloseTo(closedForm(name, predicted, wanted), 9);
    loss.backward();
    const alpha = name === 'ciou' ? alphaAt(predicted, wanted) : undefined;
    for (let k = 0; k < 4; k++) {
      const at = (h: number) =>
        closedForm(
          name,
          predicted.map((value, j) => (j === k ? value + h : value)) as Offsets,
          wanted,
          alpha,
        );
      expect((p.grad!.toArray() as Float64Array)[k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 5);
    }
  }
});

test.each(boxLossNames)('%s of boxes that are one is 0, and sums over boxes', (name) => {
  using _ = scope();
  const offsets = drawn.slice(0, 5).flatMap(({ predicted }) => predicted);
  const same = fromArray(Float64Array.from(offsets), [5, 4], { requiresGrad: true });
  const zero = boxLosses[name].loss(same, same.detach());
  expect(zero.item()).toBeCloseTo(0, 12);
  zero.backward();
  expect([...(same.grad!.toArray() as Float64Array)].every(Number.isFinite)).toBe(true);
  const wanted = fromArray(Float64Array.from(drawn.slice(0, 5).flatMap((pair) => pair.wanted)), [5, 4]);
  const sum = drawn.slice(0, 5).reduce((s, pair) => s + closedForm(name, pair.predicted, pair.wanted), 0);
  expect(boxLosses[name].loss(same.detach(), wanted).item()).toBeCloseTo(sum, 9);
});

test.each(boxLossNames)('%s stays finite where a head without training says anything', (name) => {
  using _ = scope();
  const wild = fromArray(Float32Array.of(1e4, -1e4, 500, -500), [1, 4], { requiresGrad: true });
  const loss = boxLosses[name].loss(wild, fromArray(new Float32Array(4), [1, 4]));
  loss.backward();
  expect(Number.isFinite(loss.item())).toBe(true);
  expect([...(wild.grad!.toArray() as Float32Array)].every(Number.isFinite)).toBe(true);
});
