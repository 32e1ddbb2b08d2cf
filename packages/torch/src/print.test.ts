import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  type DType,
  inferenceMode,
  ones,
  ops,
  randn,
  type Tensor,
  tensor,
  withInterceptor,
} from './index.ts';
import { type Numbers, pytorchCases, toTensor } from './testing/pytorch.ts';

type PrintCase = { text: string } & ({ tensor: Numbers } | { calls: [name: string, ...args: unknown[]][] });

const made = (one: PrintCase): Tensor => {
  if ('tensor' in one) return toTensor(one.tensor);
  const [[, size], ...calls] = one.calls as [[string, number], ...[string, ...unknown[]][]];
  type Methods = Record<string, (...args: unknown[]) => Tensor>;
  return calls.reduce(
    (x, [name, ...args]) => (x as unknown as Methods)[name]!(...args),
    ops.arange(size, { dtype: 'int64' }),
  );
};

/** Our words for PyTorch's, and without the facts at the end. */
const valuesOf = (text: string) => text.replace(/,\s+shape=.*$/s, ')');
const inJavaScript = (text: string) => text.replaceAll('True', 'true').replaceAll('False', 'false');

describe('console.log of a tensor', () => {
  it.each(pytorchCases<PrintCase>('printed').map((one, i) => [i, one] as const))(
    "shows its values as PyTorch's print does (%i)",
    (_i, one) => {
      expect(valuesOf(inspect(made(one)))).toBe(inJavaScript(one.text));
    },
  );

  it('shows shape, dtype and whether it gets gradients', () => {
    const x = tensor([[1, 2], [3, 4.5]], { requiresGrad: true }); // biome-ignore format: a matrix
    expect(inspect(x)).toBe(
      'tensor([[1.0000, 2.0000],\n        [3.0000, 4.5000]], shape=[2, 2], dtype=float32, requiresGrad=true)',
    );
    expect(inspect(tensor(7n))).toBe('tensor(7, shape=[], dtype=int64)');
    // On a line of their own where the last one is full.
    const row = `        ${new Array(9).fill('0.5000').join(', ')}`;
    expect(inspect(ones(18).mul(0.5))).toBe(
      `tensor([${row.trim()},\n${row}],\n       shape=[18], dtype=float32)`,
    );
    expect(inspect({ x: { y: tensor(1) } }, { depth: 1 })).toBe('{ x: { y: [Tensor(float32[])] } }');
    expect(`${x}`).toBe('Tensor(float32[2,2])');
    x.dispose();
    expect(inspect(x)).toBe('tensor(disposed)');
  });

  it('rounds fives to the even digit, as C does', () => {
    expect(inspect(tensor([0.03125, 0.09375, 1.5]))).toContain('[0.0312, 0.0938, 1.5000]');
  });

  it('computes nothing that autograd or a trace sees, and keeps no tensor', () => {
    const big = randn([40, 50], { requiresGrad: true });
    const seen: string[] = [];
    withInterceptor({ after: (name) => void seen.push(name) }, () => inspect(big));
    expect([seen, big.grad, big.isLeaf]).toEqual([[], null, true]);
    expect(inspect(inferenceMode(() => ones(2000)))).toContain('...');
    expect(inspect(big.mul(2).sum())).toContain('requiresGrad=true');
  });

  it('reads 16-bit floats, tiny and huge', () => {
    const values = [6e-8, 65504, -0.333, Infinity];
    const half = tensor(values, { dtype: 'float16' });
    expect(half.tolist()).toEqual([...(half.to('float32').toArray() as Float32Array)]);
    const brain = tensor([1e-40, 3e38, -0.333], { dtype: 'bfloat16' as DType });
    expect(brain.tolist()).toEqual([...(brain.to('float32').toArray() as Float32Array)]);
    expect(tensor(Number.NaN, { dtype: 'float16' }).tolist()).toBeNaN();
  });
});
