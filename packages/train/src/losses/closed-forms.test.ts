import { Random } from '@semblance/core/random';
import { fromArray, grad, scope, type Tensor } from '@semblance/torch';
import { describe, expect, test } from 'vitest';
import {
  angle,
  annealed,
  arc,
  type ClosedForm,
  clip,
  dot,
  linear,
  type Matrix,
  mean,
  quality,
  semiHard,
  spherical,
} from '../testing/closed-forms.ts';
import { createHead } from './index.ts';

// Every loss beside its closed form, and its gradients beside central differences of that.

interface Case {
  title: string;
  loss: string;
  options?: Record<string, unknown>;
  form: ClosedForm;
  /** Angles with the label's weight at which a margin changes its rule. */
  edges?: number[];
}

const cases: Case[] = [
  { title: 'softmax', loss: 'softmax', form: linear() },
  {
    title: 'softmax, focal and smoothed',
    loss: 'softmax',
    options: { focalGamma: 2, labelSmoothing: 0.1 },
    form: linear({ gamma: 2, epsilon: 0.1 }),
  },
  {
    title: 'center, its centres at 0',
    loss: 'center',
    options: { weight: 0.3 },
    form: (x0, w0, labels) => (x, w) =>
      linear()(x0, w0, labels)(x, w) + mean(x.map((row) => (0.3 / 2) * dot(row, row))),
  },
  ...[1, 2, 3, 4].flatMap((m): Case[] => {
    const edges = Array.from({ length: m - 1 }, (_, k) => ((k + 1) * Math.PI) / m);
    return [
      {
        title: `l-softmax, m = ${m}, λ = 1000`,
        loss: 'l-softmax',
        options: { margin: m },
        form: annealed(m, 1000, false),
        edges,
      },
      {
        title: `l-softmax, m = ${m}, λ = 0`,
        loss: 'l-softmax',
        options: { margin: m, lambdaBase: 0 },
        form: annealed(m, 0, false),
        edges,
      },
      {
        title: `sphereface, m = ${m}, λ = 5`,
        loss: 'sphereface',
        options: { margin: m, lambdaBase: 0 },
        form: annealed(m, 5, true),
        edges,
      },
    ];
  }),
  { title: 'normface', loss: 'normface', form: spherical(20, Math.cos) },
  {
    title: 'normface, s learnt',
    loss: 'normface',
    options: { learnScale: true, scale: 12 },
    form: spherical(12, Math.cos),
  },
  { title: 'am-softmax', loss: 'am-softmax', form: spherical(30, (t) => Math.cos(t) - 0.35) },
  { title: 'cosface', loss: 'cosface', form: spherical(64, (t) => Math.cos(t) - 0.35) },
  {
    title: 'cosface, focal and smoothed',
    loss: 'cosface',
    options: { scale: 8, focalGamma: 1.5, labelSmoothing: 0.2 },
    form: spherical(8, (t) => Math.cos(t) - 0.35, { gamma: 1.5, epsilon: 0.2 }),
  },
  {
    title: 'arcface',
    loss: 'arcface',
    form: spherical(64, (t) => arc(t, 0.5)),
    edges: [Math.PI - 0.5],
  },
  {
    title: 'arcface, s = 8, m = 0.9',
    loss: 'arcface',
    options: { scale: 8, margin: 0.9 },
    form: spherical(8, (t) => arc(t, 0.9)),
    edges: [Math.PI - 0.9],
  },
  {
    title: 'arcface, straight-through',
    loss: 'arcface',
    options: { gradient: 'straight-through' },
    // Around each point the margin is a constant.
    form: (x0, w0, labels) => {
      const shift = x0.map((row, i) => {
        const theta = angle(row, w0[labels[i]!]!);
        return arc(theta, 0.5) - Math.cos(theta);
      });
      return spherical(64, (t, row) => Math.cos(t) + shift[row]!)(x0, w0, labels);
    },
    edges: [Math.PI - 0.5],
  },
  {
    title: 'combined, CM1',
    loss: 'combined',
    form: spherical(64, (t) => arc(t, 0.3) - 0.2),
    edges: [Math.PI - 0.3],
  },
  {
    title: 'combined, CM2',
    loss: 'combined',
    options: { m1: 0.9, m2: 0.4, m3: 0.15 },
    form: spherical(64, (t) => {
      const delta = Math.PI - (Math.PI - 0.4) / 0.9;
      return (
        (0.9 * t + 0.4 < Math.PI ? Math.cos(0.9 * t + 0.4) : Math.cos(t) - delta * Math.sin(delta)) - 0.15
      );
    }),
    edges: [(Math.PI - 0.4) / 0.9],
  },
  {
    title: 'adaface',
    loss: 'adaface',
    form: spherical(64, (t, row, x0) => {
      const z = quality(x0, row);
      return Math.cos(clip(t - 0.4 * z, 0, Math.PI)) - (0.4 + 0.4 * z);
    }),
  },
  { title: 'triplet', loss: 'triplet', form: semiHard },
];

/** Value and slopes of the loss in float64. */
function evaluate({ loss, options }: Case, x: Matrix, w: Matrix, labels: number[]) {
  using _ = scope();
  const size = { embeddingSize: x[0]!.length, numClasses: w.length };
  const head = createHead(loss, size, options).to({ dtype: 'float64' });
  const weight = head.parameters().find(({ value }) => value.ndim === 2)?.value;
  weight?.detach().copy_(matrix(w));
  const emb = matrix(x);
  emb.requiresGrad = true;
  const output = head.forward(emb, fromArray(BigInt64Array.from(labels, BigInt))).loss;
  const [byX, byW] = grad([output], weight ? [emb, weight] : [emb]);
  const result = { loss: output.item(), byX: rows(byX!), byW: byW ? rows(byW) : null };
  head.dispose();
  return result;
}

const matrix = (m: Matrix) => fromArray(Float64Array.from(m.flat()), [m.length, m[0]!.length]);
function randomMatrix(numRows: number, numColumns: number, deviation: number, seed: number): Matrix {
  const rng = Random.of(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next());
  return Array.from({ length: numRows }, () =>
    Array.from({ length: numColumns }, () => deviation * normal()),
  );
}
const rows = (t: Tensor) => [...(t.toArray() as Float64Array)];

/** Central differences by every entry of one of the two matrices. */
function slopes(form: (x: Matrix, w: Matrix) => number, x: Matrix, w: Matrix, by: 'x' | 'w', step: number) {
  const source = by === 'x' ? x : w;
  return source.flatMap((row, i) =>
    row.map((value, j) => {
      const at = (moved: number) => {
        const next = source.map((r, k) => (k === i ? r.with(j, moved) : r));
        return by === 'x' ? form(next, w) : form(x, next);
      };
      return (at(value + step) - at(value - step)) / (2 * step);
    }),
  );
}

function expectClose(actual: number[], expected: number[], what: string): void {
  for (const [i, value] of actual.entries()) {
    const off = Math.abs(value - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    expect(off, `${what}[${i}]: ${value} instead of ${expected[i]}`).toBeLessThan(1e-6);
  }
}

function compare(entry: Case, x: Matrix, w: Matrix, labels: number[], step: number): void {
  const form = entry.form(x, w, labels);
  const { loss, byX, byW } = evaluate(entry, x, w, labels);
  expectClose([loss], [form(x, w)], 'loss');
  expectClose(byX, slopes(form, x, w, 'x', step), 'd loss / d x');
  if (byW) expectClose(byW, slopes(form, x, w, 'w', step), 'd loss / d W');
}

/** An embedding of length r at an angle to the first axis. */
const at = (theta: number, r: number): number[] => [r * Math.cos(theta), r * Math.sin(theta), 0];
const axes: Matrix = [
  [1.5, 0, 0],
  [0.3, 0.8, -0.4],
  [-0.2, 0.5, 1.1],
];

describe.each(cases)('$title', (entry) => {
  const margins = entry.edges ?? [];

  test('agrees with its closed form over random inputs', () => {
    for (let round = 0; round < 20; round++) {
      const x = randomMatrix(6, 4, 0.3 + round / 4, round);
      const w = randomMatrix(3, 4, 1, round + 100);
      compare(entry, x, w, [0, 1, 2, 0, 1, 0], 1e-6);
    }
  });

  test.each([1e-3, 0.7, Math.PI / 2, 2.9, Math.PI - 1e-3])('agrees at θ = %f', (theta) => {
    compare(entry, [at(theta, 1.3), [0.2, 0.9, 0.1], [0.6, -0.3, 0.5]], axes, [0, 1, 0], 1e-7);
  });

  test.each([0, Math.PI])('agrees at θ = %f, where sin θ = 0', (theta) => {
    const x = [
      [Math.cos(theta) * 1.3, 0, 0],
      [0.2, 0.9, 0.1],
      [0.6, -0.3, 0.5],
    ];
    compare(entry, x, axes, [0, 1, 0], 1e-8);
  });

  test.runIf(margins.length > 0).each(margins)('agrees on both sides of the edge θ = %f', (edge) => {
    const others = [
      [0.2, 0.9, 0.1],
      [0.6, -0.3, 0.5],
    ];
    for (const theta of [edge - 1e-5, edge + 1e-5]) {
      compare(entry, [at(theta, 1.3), ...others], axes, [0, 1, 0], 1e-8);
    }
    // On the edge itself rounding chooses the side.
    const sides = [edge - 1e-9, edge + 1e-9].map((theta) => {
      const x = [at(theta, 1.3), ...others];
      return entry.form(x, axes, [0, 1, 0])(x, axes);
    });
    const { loss, byX } = evaluate(entry, [at(edge, 1.3), ...others], axes, [0, 1, 0]);
    expect(Math.min(...sides.map((side) => Math.abs(loss - side)))).toBeLessThan(1e-6);
    expect(byX.every(Number.isFinite)).toBe(true);
  });
});
