import { describe, expect, test } from 'vitest';
import {
  customFunction,
  fromArray,
  isGradEnabled,
  noGrad,
  ones,
  ops,
  randn,
  run,
  runBackward,
  scope,
  type Tensor,
  TorchError,
  tensor,
  zeros,
} from './index.ts';
import { profile } from './profiler/index.ts';

const codeOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(TorchError);
  return (error as TorchError).code;
};

describe('run', () => {
  test('gives what the operator gives', async () => {
    const a = tensor([
      [1, 2],
      [3, 4],
    ]);
    const product = await run(() => a.matmul(a));
    expect([...product.toArray()]).toEqual([7, 10, 15, 22]);
    const triple = tensor([3, 1, 2]);
    const [values, indices] = await run(() => ops.sort(triple));
    expect([...values.toArray()]).toEqual([1, 2, 3]);
    expect([...indices.toArray()]).toEqual([1n, 2n, 0n]);
  });

  test('leaves the event loop free', async () => {
    const a = randn([1200, 1200]);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const small = a.mul(0.01);
    // Many multiplications in one operator: far longer than a tick.
    const result = await run(() => ops.linalg_matrix_power(small, 40));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
    expect(result.shape).toEqual([1200, 1200]);
  });

  test('does what is asked for first, first; in place too', async () => {
    const x = zeros([1]);
    const done = [run(() => x.add_(2)), run(() => x.mul_(10)), run(() => x.sub_(1))];
    expect((await Promise.all(done)).every((result) => result === x)).toBe(true);
    expect(x.item()).toBe(19);
  });

  test('keeps the modes of its caller, and arguments that are disposed meanwhile', async () => {
    const w = ones([3]);
    w.requiresGrad = true;
    const without = await noGrad(() => run(() => w.mul(2)));
    expect(without.requiresGrad).toBe(false);
    const passing = (() => {
      using _ = scope();
      const x = tensor([1, 2, 3]);
      return run(() => w.mul(x));
    })();
    const y = await passing;
    expect(y.requiresGrad).toBe(true);
    expect([...y.toArray()]).toEqual([1, 2, 3]);
    expect(isGradEnabled()).toBe(true);
  });

  test('refuses as the operator does, and misuse', async () => {
    const a = ones([2, 3]);
    expect(await codeOf(run(() => a.matmul(a)))).toBe('TORCH_OP_FAILED');
    expect(await codeOf(run(() => a.add('x' as never)))).toBe('TORCH_NO_OVERLOAD');
    expect(await codeOf(run(() => a.add(1).item()))).toBe('TORCH_BAD_ARGUMENT');
    expect(await codeOf(run(() => a.add(1).mul(2)))).toBe('TORCH_BAD_ARGUMENT');
    expect(await codeOf(run(() => a.add(a.mul(2))))).not.toBeUndefined();
    expect(await codeOf(run(() => 3))).toBe('TORCH_BAD_ARGUMENT');
    expect(await codeOf(run(() => run(() => a.add(1))))).toBe('TORCH_BAD_ARGUMENT');
    expect(() => profile(() => run(() => a.add(1)))).toThrow('synchronous');
    const gone = ones([1]);
    gone.dispose();
    expect(await codeOf(run(() => gone.add(1)))).toBe('TENSOR_DISPOSED');
    // The seam is as it was.
    expect(a.add(1).sum().item()).toBe(12);
  });
});

describe('runBackward', () => {
  test('makes the same gradients', async () => {
    const w = fromArray(new Float32Array([1, 2, 3]));
    w.requiresGrad = true;
    const loss = w.square().sum();
    await runBackward(loss);
    expect([...w.grad!.toArray()]).toEqual([2, 4, 6]);
    expect(await codeOf(runBackward(loss))).toBe('TORCH_FAILED');
  });

  test('refuses gradients that are written in JavaScript', async () => {
    const double = customFunction({
      name: 'Double',
      forward: (_ctx, x: Tensor) => x.mul(2),
      backward: (_ctx, gradient: Tensor) => gradient.mul(2),
    });
    const w = ones([2]);
    w.requiresGrad = true;
    const loss = double(w).sum();
    expect(await codeOf(runBackward(loss, undefined, { retainGraph: true }))).toBe('TORCH_FAILED');
    loss.backward();
    expect([...w.grad!.toArray()]).toEqual([2, 2]);
  });
});
