import { fromArray, grad, manualSeed, randn, scope, tensor } from '@semblance/torch';
import { expect, test } from 'vitest';
import { straightThrough } from './angle.ts';
import { addAngle } from './arcface.ts';
import { createHead, type LossName, losses, lossNames } from './index.ts';

const labelsOf = (...values: number[]) => fromArray(BigInt64Array.from(values, BigInt));

test.each(lossNames)('%s gives a finite loss, gradients and leaves its inputs alone', (name) => {
  using _ = scope();
  manualSeed(1);
  const head = createHead(name, { embeddingSize: 8, numClasses: 5 });
  const emb = randn([6, 8], { requiresGrad: true });
  const before = [...emb.toArray()];
  const { loss, logits_NK } = head.forward(emb, labelsOf(0, 1, 2, 3, 4, 0));
  loss.backward();
  expect(Number.isFinite(loss.item())).toBe(true);
  expect(loss.shape).toEqual([]);
  expect(logits_NK.shape).toEqual([6, 5]);
  expect(logits_NK.requiresGrad).toBe(false);
  expect([...emb.toArray()]).toEqual(before);
  expect(emb.grad!.toArray().some((value) => value !== 0)).toBe(true);
  for (const parameter of head.parameters()) expect(parameter.value.grad).not.toBeNull();
  head.dispose();
});

/** Options under which a handful of points is separated in a handful of steps. */
const mild = (name: LossName) =>
  'scale' in losses[name].options.shape ? { scale: 16 } : name === 'triplet' ? { margin: 1 } : {};

test.each(lossNames)('training with %s separates classes', (name) => {
  using _ = scope();
  manualSeed(2);
  const head = createHead(name, { embeddingSize: 4, numClasses: 3 }, mild(name));
  const emb = randn([6, 4], { requiresGrad: true });
  const labels = labelsOf(0, 1, 2, 0, 1, 2);
  for (let i = 0; i < 200; i++) {
    using _ = scope();
    head.zeroGrad();
    emb.grad = null;
    head.forward(emb, labels).loss.backward();
    for (const leaf of [emb, ...head.parameters().map((p) => p.value)]) {
      leaf.detach().sub_(leaf.grad!.mul(0.3));
    }
  }
  const { logits_NK } = head.forward(emb, labels);
  expect([...(logits_NK.argmax(1).toArray() as BigInt64Array)].map(Number)).toEqual([0, 1, 2, 0, 1, 2]);
  head.dispose();
});

test('arcface is the softmax of s·cos θ with cos(θ + m) at the label', () => {
  using _ = scope();
  const [s, m] = [16, 0.5];
  const head = createHead('arcface', { embeddingSize: 2, numClasses: 2 }, { scale: s, margin: m });
  head
    .parameters()[0]!
    .value.detach()
    .copy_(
      tensor([
        [2, 0],
        [0, 3],
      ]),
    );
  const theta = 0.6;
  const emb = tensor([[5 * Math.cos(theta), 5 * Math.sin(theta)]]);
  const own = s * Math.cos(theta + m);
  const other = s * Math.sin(theta);
  const expected = Math.log(1 + Math.exp(other - own));
  const { loss, logits_NK } = head.forward(emb, labelsOf(0));
  expect(loss.item()).toBeCloseTo(expected, 4);
  expect(logits_NK.toArray()[0]).toBeCloseTo(s * Math.cos(theta), 4);
  head.dispose();
});

test('the true gradient is sin(θ + m) / sin θ, the straight-through one 1', () => {
  using _ = scope();
  const m = 0.5;
  for (const theta of [0.3, 1.2, 2.5]) {
    const cos = tensor([Math.cos(theta)], { requiresGrad: true });
    const [slope] = grad([addAngle(cos, m).sum()], [cos]);
    expect(slope!.item()).toBeCloseTo(Math.sin(theta + m) / Math.sin(theta), 3);
    const direct = straightThrough(cos, (c) => addAngle(c, m));
    const [through] = grad([direct.sum()], [cos]);
    expect(through!.item()).toBe(1);
    expect(direct.item()).toBeCloseTo(Math.cos(theta + m), 5);
  }
});

test('past θ + m = π the target goes on falling', () => {
  using _ = scope();
  const cos = tensor([-0.8, -0.9, -0.99, -1]);
  const moved = [...addAngle(cos, 0.5).toArray()] as number[];
  for (let i = 1; i < moved.length; i++) expect(moved[i]!).toBeLessThan(moved[i - 1]!);
  expect(moved[3]).toBeCloseTo(-1 - 0.5 * Math.sin(0.5), 5);
});

test.each(lossNames)(
  '%s has finite gradients for embeddings on and against a class weight, and at 0',
  (name) => {
    using _ = scope();
    manualSeed(4);
    const head = createHead(name, { embeddingSize: 3, numClasses: 2 });
    head.parameters()[0]?.value.detach().copy_(tensor([[1, 0, 0], [0, 1, 0]])); // biome-ignore format: a matrix
    const emb = tensor([[1, 0, 0], [-1, 0, 0], [0, 0, 0], [0, 1, 0], [1e-20, 0, 0], [1e15, 0, 1]], { requiresGrad: true }); // biome-ignore format: a matrix
    head.forward(emb, labelsOf(0, 0, 1, 1, 0, 1)).loss.backward();
    expect([...emb.grad!.toArray()].every((value) => Number.isFinite(Number(value)))).toBe(true);
    head.dispose();
  },
);

test('unknown losses and options are refused', () => {
  const size = { embeddingSize: 4, numClasses: 2 };
  expect(() => createHead('magface', size)).toThrow(/one of softmax, triplet/);
  expect(() => createHead('arcface', size, { m: 0.5 })).toThrow(
    expect.objectContaining({ code: 'RECIPE_UNKNOWN_KEY' }),
  );
  expect(() => createHead('arcface', size, { gradient: 'half' })).toThrow(/true, straight-through/);
});
