// The operator of our own against libtorch's conv2d, in float64 and in float32.
import { describe, expect, test } from 'vitest';
import { configure, engineInfo, manualSeed, nn, ops, randn, scope, type Tensor } from '../index.ts';
import { profile } from '../profiler/index.ts';
import { winogradConv } from './winograd-conv.ts';

type Conv = (x: Tensor, weight: Tensor) => Tensor;
const direct: Conv = (x, weight) => ops.conv2d(x, weight, null, 1, 1);

/** y, dx and dw of a convolution of images drawn from a seed. */
function run(conv: Conv, [n, c, k, h, w]: number[], dtype: 'float32' | 'float64' = 'float32'): Tensor[] {
  manualSeed(3);
  const x = randn([n!, c!, h!, w!]).contiguous({ memory_format: 'channels_last' }).to(dtype);
  const weight = randn([k!, c!, 3, 3]).mul(0.1).to(dtype);
  const dy = randn([n!, k!, h!, w!]).to(dtype);
  x.requiresGrad = true;
  weight.requiresGrad = true;
  const y = conv(x, weight);
  y.backward(dy);
  return [y, x.grad!, weight.grad!];
}

describe('Winograd’s convolution', () => {
  test.each([
    [2, 16, 16, 4, 4],
    [1, 32, 48, 5, 7],
    [3, 48, 16, 9, 2],
    [2, 64, 64, 14, 14],
    [5, 32, 96, 7, 7],
    [1, 16, 32, 1, 1],
    [2, 64, 128, 28, 28],
  ])('[%i, %i → %i, %i, %i]: values and gradients are those of conv2d', (...shape) => {
    using _ = scope();
    const exact = run(direct, shape, 'float64');
    const ours = run(winogradConv, shape);
    expect(ours[0]!.isContiguous('channels_last')).toBe(true);
    for (const [i, tensor] of ours.entries()) {
      const error = tensor.to('float64').sub(exact[i]!).norm().item() / exact[i]!.norm().item();
      expect(error).toBeLessThan(1e-5);
    }
  });

  test('gives the same bits with one thread and two', () => {
    const { threads } = engineInfo();
    const bits = (numThreads: number) => {
      using _ = scope();
      configure({ threads: numThreads });
      return run(winogradConv, [6, 32, 48, 29, 30]).map((tensor) => [...tensor.toArray()]);
    };
    try {
      expect(bits(2)).toEqual(bits(1));
    } finally {
      configure({ threads });
    }
  });

  test('is used where it fits: training, float32, channels-last, not too small', () => {
    using _ = scope();
    const conv = new nn.Conv2d(32, 48, 3, { padding: 1, bias: false });
    const opsOf = (x: Tensor) => profile(() => conv.forward(x)).operators.map(({ name }) => name);
    const x = randn([4, 32, 16, 16]).contiguous({ memory_format: 'channels_last' });
    expect(opsOf(x)).toEqual(['semblance::winograd_conv3x3']);
    expect(opsOf(randn([4, 32, 16, 16]))).toEqual(['aten::conv2d']);
    expect(opsOf(randn([1, 32, 16, 16]).contiguous({ memory_format: 'channels_last' }))).toEqual([
      'aten::conv2d',
    ]);
    conv.eval();
    expect(opsOf(x)).toEqual(['aten::conv2d']);
    conv.dispose();
  });

  test('refuses what it cannot compute, and a second gradient', () => {
    using _ = scope();
    expect(() => winogradConv(randn([1, 8, 4, 4]), randn([16, 8, 3, 3]))).toThrow('multiple of 16');
    expect(() => winogradConv(randn([1, 16, 4, 4]), randn([16, 16, 1, 3]))).toThrow('[K, 16, 3, 3]');
    const x = randn([1, 16, 4, 4], { requiresGrad: true });
    const y = winogradConv(x, randn([16, 16, 3, 3]));
    expect(() => y.square().sum().backward(undefined, { createGraph: true })).toThrow('no second gradient');
  });
});
