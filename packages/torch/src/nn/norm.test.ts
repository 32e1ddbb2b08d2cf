import { describe, expect, it } from 'vitest';
import { nn, ones, randn } from '../index.ts';

const refused = expect.objectContaining({
  code: 'TORCH_SHAPE_MISMATCH',
  message: expect.stringMatching(/^Expected more than 1 value per channel in training but received \[1, 3/),
});

describe('batch norm of one value in each channel', () => {
  it('is refused in training, and leaves the statistics as they were', () => {
    const norm = new nn.BatchNorm1d(3);
    expect(() => norm(ones(1, 3))).toThrow(refused);
    expect(() => new nn.BatchNorm2d(3)(ones(1, 3, 1, 1))).toThrow(refused);
    const { functional: F } = nn;
    expect(() => F.batch_norm(ones(1, 3), { training: true })).toThrow(refused);
    expect(() => nn.normActivation(norm, new nn.ReLU(), ones(1, 3))).toThrow(refused);
    expect([...norm.running_var.value.toArray()]).toEqual([1, 1, 1]);
    expect(norm.num_batches_tracked.value.item()).toBe(0);
  });

  it('is fine in evaluation, and with a map of more pixels', () => {
    expect(new nn.BatchNorm1d(3).eval()(ones(1, 3)).shape).toEqual([1, 3]);
    expect(
      new nn.BatchNorm2d(3)(randn(1, 3, 1, 2))
        .isnan()
        .any()
        .item(),
    ).toBe(0);
    expect(new nn.BatchNorm1d(3)(randn(2, 3)).isnan().any().item()).toBe(0);
  });
});
