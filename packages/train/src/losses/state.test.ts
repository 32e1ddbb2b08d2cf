import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromArray, manualSeed, persistent, randn, scope, type Tensor } from '@semblance/torch';
import { loadSafetensors, saveSafetensors } from '@semblance/torch/safetensors';
import { expect, test } from 'vitest';
import { createHead, lossNames, type MarginHead } from './index.ts';

const size = { embeddingSize: 4, numClasses: 3 };
const labels = fromArray(BigInt64Array.of(0n, 1n, 2n, 0n, 1n, 0n));

const batch = (seed: number): Tensor =>
  persistent(() => {
    manualSeed(seed);
    return randn([6, 4]).mul(3);
  });

const values = (head: MarginHead) =>
  Object.fromEntries(
    [...head.stateDict()].map(([name, tensor]) => [name, [...tensor.toArray()].map(Number)]),
  );

const stateful: Record<string, string[]> = {
  triplet: ['means'],
  center: ['centers'],
  'l-softmax': ['annealing.step'],
  sphereface: ['annealing.step'],
  adaface: ['normMean', 'normStd'],
};

test.each(lossNames)('%s goes on from a saved state as if it had never stopped', (name) => {
  using _ = scope();
  const dir = mkdtempSync(join(tmpdir(), 'head-'));
  try {
    const first = createHead(name, size);
    for (let i = 0; i < 3; i++) first.forward(batch(i), labels);
    saveSafetensors(join(dir, 'head.safetensors'), first.stateDict());
    const second = createHead(name, size);
    second.loadStateDict(loadSafetensors(join(dir, 'head.safetensors')).tensors);
    for (let i = 3; i < 6; i++) {
      const expected = first.forward(batch(i), labels).loss.item();
      expect(second.forward(batch(i), labels).loss.item()).toBe(expected);
    }
    expect(values(second)).toEqual(values(first));
    first.dispose();
    second.dispose();
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test.each(lossNames)('%s moves its own state in training only', (name) => {
  using _ = scope();
  const head = createHead(name, size);
  const before = values(head);
  head.eval().forward(batch(1), labels);
  expect(values(head)).toEqual(before);
  head.train().forward(batch(1), labels);
  const after = values(head);
  const moved = Object.keys(after).filter((key) => String(after[key]) !== String(before[key]));
  expect(moved).toEqual(stateful[name] ?? []);
  head.dispose();
});

test('centres move by α·Σ(x − c)/(1 + n)', () => {
  using _ = scope();
  const head = createHead('center', { embeddingSize: 2, numClasses: 3 }, { centerRate: 0.5 });
  head.classVectors().copyFromArray(Float32Array.of(1, 0, 0, 2, 5, 5));
  const emb = fromArray(Float32Array.of(2, 4, 4, 2, 0, 0), [3, 2]);
  head.forward(emb, fromArray(BigInt64Array.of(0n, 0n, 1n)));
  // class 0: Σ(x − c) = (1, 4) + (3, 2), over 1 + 2; class 1: (0, −2) over 1 + 1; class 2 stays
  const expected = [1 + (0.5 * 4) / 3, (0.5 * 6) / 3, 0, 2 - (0.5 * 2) / 2, 5, 5];
  for (const [i, value] of [...head.classVectors().toArray()].entries()) {
    expect(value).toBeCloseTo(expected[i]!, 5);
  }
  head.dispose();
});

test('λ falls as max(λ_min, base·(1 + γ·step)^−power)', () => {
  using _ = scope();
  const options = { margin: 4, lambdaBase: 100, lambdaGamma: 0.5, lambdaPower: 2, lambdaMin: 3 };
  const head = createHead('sphereface', { embeddingSize: 2, numClasses: 2 }, options);
  head
    .parameters()[0]!
    .value.detach()
    .copyFromArray(Float32Array.of(1, 0, 0, 1));
  const theta = 1;
  const emb = fromArray(Float32Array.of(Math.cos(theta), Math.sin(theta)), [1, 2]);
  const psi = -Math.cos(4 * theta) - 2;
  for (let step = 0; step < 20; step++) {
    const lambda = Math.max(3, 100 * (1 + 0.5 * step) ** -2);
    const own = (lambda * Math.cos(theta) + psi) / (1 + lambda);
    const expected = Math.log(1 + Math.exp(Math.sin(theta) - own));
    expect(head.forward(emb, fromArray(BigInt64Array.of(0n))).loss.item()).toBeCloseTo(expected, 5);
  }
  head.dispose();
});

test('AdaFace follows the mean and deviation of norms, and one image leaves them', () => {
  using _ = scope();
  const head = createHead('adaface', { embeddingSize: 2, numClasses: 2 }, { emaRate: 0.25 });
  const emb = fromArray(Float32Array.of(3, 4, 6, 8, 300, 400), [3, 2]);
  const targets = fromArray(BigInt64Array.of(0n, 1n, 1n));
  head.forward(emb, targets);
  const mean = (5 + 10 + 100) / 3;
  const std = Math.sqrt(((5 - mean) ** 2 + (10 - mean) ** 2 + (100 - mean) ** 2) / 2);
  const state = values(head);
  expect(state.normMean![0]).toBeCloseTo(0.75 * 20 + 0.25 * mean, 3);
  expect(state.normStd![0]).toBeCloseTo(0.75 * 100 + 0.25 * std, 3);
  head.forward(emb.narrow(0, 0, 1), targets.narrow(0, 0, 1));
  expect(values(head)).toEqual(state);
  head.dispose();
});

test('a batch without a pair, or of one class alone, gives triplets no loss and no gradient', () => {
  using _ = scope();
  const head = createHead('triplet', size);
  for (const targets of [BigInt64Array.of(0n, 1n, 2n), BigInt64Array.of(1n, 1n, 1n)]) {
    const emb = randn([3, 4], { requiresGrad: true });
    const { loss } = head.forward(emb, fromArray(targets));
    loss.backward();
    expect(loss.item()).toBeCloseTo(0, 9);
    expect([...emb.grad!.toArray()].every((value) => Number(value) === 0)).toBe(true);
  }
  head.dispose();
});
