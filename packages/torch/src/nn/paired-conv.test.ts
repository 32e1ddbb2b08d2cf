// The operator of our own against libtorch's conv2d.
import { describe, expect, test } from 'vitest';
import { manualSeed, nn, ops, randn, scope, type Tensor } from '../index.ts';
import { profile } from '../profiler/index.ts';
import { pairedConv } from './paired-conv.ts';

/** Largest difference relative to the largest value. */
function apart(ours: Tensor, theirs: Tensor): number {
  return ours.sub(theirs).abs().max().item() / theirs.abs().max().item();
}

describe('paired convolution', () => {
  test.each([
    [2, 16, 5, 7],
    [3, 32, 8, 8],
    [1, 48, 1, 4],
    [4, 128, 14, 14],
  ])('[%i, %i, %i, %i]: values and gradients are those of conv2d', (n, c, h, w) => {
    using _ = scope();
    manualSeed(3);
    const data = randn([n, c, h, w]).contiguous({ memory_format: 'channels_last' });
    const start = randn([c, 2, 3, 3]);
    const dy = randn([n, c, h, w]);
    const run = (conv: (x: Tensor, weight: Tensor) => Tensor) => {
      const x = data.clone();
      const weight = start.clone();
      x.requiresGrad = true;
      weight.requiresGrad = true;
      const y = conv(x, weight);
      y.backward(dy);
      return [y, x.grad!, weight.grad!];
    };
    const ours = run(pairedConv);
    const theirs = run((x, weight) => ops.conv2d(x, weight, null, 1, 1, 1, c / 2));
    expect(ours[0]!.isContiguous('channels_last')).toBe(true);
    for (const [i, tensor] of ours.entries()) expect(apart(tensor, theirs[i]!)).toBeLessThan(2e-6);
  });

  test('is used where it fits: training, float32, channels-last', () => {
    using _ = scope();
    const conv = new nn.Conv2d(32, 32, 3, { padding: 1, groups: 16, bias: false });
    const opsOf = (x: Tensor) => profile(() => conv.forward(x)).operators.map(({ name }) => name);
    const x = randn([1, 32, 4, 4]).contiguous({ memory_format: 'channels_last' });
    expect(opsOf(x)).toEqual(['semblance::paired_conv3x3']);
    expect(opsOf(randn([1, 32, 4, 4]))).toEqual(['aten::conv2d']);
    conv.eval();
    expect(opsOf(x)).toEqual(['aten::conv2d']);
    conv.dispose();
    const other = new nn.Conv2d(32, 32, 3, { padding: 1, stride: 2, groups: 16, bias: false });
    expect(profile(() => other.forward(x)).operators[0]!.name).toBe('aten::conv2d');
    other.dispose();
  });

  test('refuses what it cannot compute', () => {
    using _ = scope();
    expect(() => pairedConv(randn([1, 8, 4, 4]), randn([8, 2, 3, 3]))).toThrow('multiple of 16');
    expect(() => pairedConv(randn([1, 16, 4, 4]), randn([16, 3, 3, 3]))).toThrow('[16, 2, 3, 3]');
  });
});
