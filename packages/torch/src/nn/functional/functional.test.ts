// Functions that no module wraps, against closed forms; the others are held to PyTorch by their modules.
import { describe, expect, it } from 'vitest';
import { arange, manualSeed, nn, ones, ops, randn, type Tensor, tensor } from '../../index.ts';

const { functional: F } = nn;
const list = (t: Tensor) => [...(t.toArray() as Float32Array)].map((v) => Math.round(v * 1e5) / 1e5);

describe('nn.functional', () => {
  it('convolves with named options', () => {
    const x = ones(1, 1, 3, 3);
    const weight = ones(1, 1, 3, 3);
    expect(F.conv2d(x, weight).shape).toEqual([1, 1, 1, 1]);
    expect(list(F.conv2d(x, weight, { padding: 'same', bias: tensor([1]) }))).toEqual([
      5, 7, 5, 7, 10, 7, 5, 7, 5,
    ]);
    expect(F.conv2d(x, weight, { padding: 1, stride: [2, 1] }).shape).toEqual([1, 1, 2, 3]);
  });

  it('pools and resizes maps', () => {
    const x = arange(16, { dtype: 'float32' }).view([1, 1, 4, 4]);
    expect(list(F.max_pool2d(x, 2))).toEqual([5, 7, 13, 15]);
    expect(F.max_pool2d(x, 3, { stride: 2, ceilMode: true }).shape).toEqual([1, 1, 2, 2]);
    expect(list(F.adaptive_max_pool2d(x, 1))).toEqual([15]);
    expect(list(F.interpolate(x, { size: 2 }))).toEqual([0, 2, 8, 10]);
    expect(F.interpolate(x, { scaleFactor: 2 }).shape).toEqual([1, 1, 8, 8]);
    expect(list(F.interpolate(x, { size: 2, mode: 'bilinear' }))).toEqual([2.5, 4.5, 10.5, 12.5]);
    expect(list(F.interpolate(x, { size: 2, mode: 'bilinear', alignCorners: true }))).toEqual([0, 3, 12, 15]);
    expect(list(F.pad(tensor([[1, 2, 3]]), [1, 2], { value: 9 }))).toEqual([9, 1, 2, 3, 9, 9]);
    expect(list(F.pad(tensor([[[1, 2, 3]]]), [2, 0], { mode: 'reflect' }))).toEqual([3, 2, 1, 2, 3]);
  });

  it('normalises, compares and encodes', () => {
    const x = tensor([[3, 4], [0, 0]]); // biome-ignore format: a matrix
    expect(list(F.normalize(x))).toEqual([0.6, 0.8, 0, 0]);
    expect(list(F.normalize(x, { p: 1, dim: 0 }))).toEqual([1, 1, 0, 0]);
    expect(list(F.cosine_similarity(x, tensor([[4, 3], [1, 0]])))).toEqual([0.96, 0]); // biome-ignore format: a matrix
    expect(F.one_hot(tensor([1n, 0n]), { numClasses: 3 }).toArray()).toEqual(BigInt64Array.of(0n, 1n, 0n, 1n, 0n, 0n)); // biome-ignore format: a matrix
    expect(F.one_hot(tensor([1n, 0n])).shape).toEqual([2, 2]);
  });

  it('attends as MultiheadAttention does', () => {
    manualSeed(3);
    const attention = new nn.MultiheadAttention(4, 1, { batchFirst: true });
    const x = randn(2, 3, 4);
    const [wanted] = attention(x, x, x);
    const parts = attention.in_proj_weight.value.chunk(3).map((weight) => F.linear(x, weight));
    const [q, k, v] = parts as [Tensor, Tensor, Tensor];
    const got = attention.out_proj(F.scaled_dot_product_attention(q, k, v));
    expect(ops.allclose(got, wanted, 1e-5, 1e-6)).toBe(true);
    const causal = F.scaled_dot_product_attention(q, k, v, { isCausal: true });
    expect(ops.allclose(causal.select(1, 0), v.select(1, 0))).toBe(true);
    const lower = ones(3, 3, { dtype: 'bool' }).tril();
    const masked = F.scaled_dot_product_attention(q, k, v, { attnMask: lower });
    expect(ops.equal(masked, causal)).toBe(true);
  });

  it('drops out while training, and keeps the mean', () => {
    manualSeed(1);
    const dropped = F.dropout(ones(10_000), { p: 0.25 });
    expect(dropped.eq(0).to('float32').mean().item()).toBeCloseTo(0.25, 1);
    expect(dropped.mean().item()).toBeCloseTo(1, 1);
    const x = randn(2);
    expect(F.dropout(x, { training: false })).toBe(x);
  });

  it('refuses losses of different shapes, and unknown reductions', () => {
    const shapes = expect.objectContaining({
      code: 'TORCH_SHAPE_MISMATCH',
      message: expect.stringMatching(/mse_loss: Expected .*\[4, 1\] and \[4\]: view\(\)/),
    });
    expect(() => F.mse_loss(ones(4, 1), ones(4))).toThrow(shapes);
    expect(() => F.mse_loss(ones(1), ones(1), { reduction: 'avg' as 'mean' })).toThrow(/'avg'/);
    expect(F.mse_loss(tensor([1, 3]), tensor([1, 1])).item()).toBe(2);
  });
});
