import { describe, expect, it } from 'vitest';
import * as torch from './index.ts';

const { ops } = torch;

describe('tensors', () => {
  it('go in and out of JavaScript unchanged, whatever their dtype', () => {
    const arrays = [
      new Float32Array([1.5, -2, 3.25]),
      new Float64Array([1e300, -1e-300, 0]),
      new BigInt64Array([2n ** 62n, -5n, 0n]),
      new Int32Array([1, -2, 3]),
      new Int16Array([1, -2, 3]),
      new Int8Array([1, -2, 3]),
      new Uint8Array([0, 128, 255]),
    ];
    for (const array of arrays) expect(torch.fromArray(array).toArray()).toEqual(array);
    expect(torch.fromArray(new Float32Array(8).subarray(2, 5)).shape).toEqual([3]);
  });

  it('keep only the window of a subarray', () => {
    const whole = Float32Array.from({ length: 10 }, (_, i) => i);
    expect([...torch.fromArray(whole.subarray(3, 6)).toArray()]).toEqual([3, 4, 5]);
  });

  it('come from nested lists, and ragged ones are refused', () => {
    const t = torch.tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect([t.shape, t.dtype, t.item.length]).toEqual([[2, 3], 'float32', 0]);
    expect(torch.tensor([true, false]).dtype).toBe('bool');
    expect(torch.tensor(3).shape).toEqual([]);
    expect(() => torch.tensor([[1, 2], [3]])).toThrow(
      expect.objectContaining({ code: 'TORCH_SHAPE_MISMATCH' }),
    );
  });

  it('refuse a shape that does not fit the bytes', () => {
    expect(() => torch.fromArray(new Float32Array(5), [2, 3])).toThrow(
      expect.objectContaining({ code: 'TORCH_SHAPE_MISMATCH' }),
    );
  });

  it('keep views and strides, and copy them out in row-major order', () => {
    const t = torch.tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const turned = t.t();
    expect([turned.shape, turned.strides]).toEqual([
      [3, 2],
      [1, 3],
    ]);
    expect([...turned.toArray()]).toEqual([1, 4, 2, 5, 3, 6]);
    t.select(0, 1).fill_(9);
    expect([...turned.toArray()]).toEqual([1, 9, 2, 9, 3, 9]);
  });

  it('say so when they are used after dispose', () => {
    const t = torch.ones([2]);
    t.dispose();
    t.dispose();
    expect(t.isDisposed).toBe(true);
    expect(() => t.add(1)).toThrow(expect.objectContaining({ code: 'TENSOR_DISPOSED' }));
    expect(() => t.shape).toThrow(expect.objectContaining({ code: 'TENSOR_DISPOSED' }));
  });
});

describe('operators', () => {
  it('choose their overload by the arguments', () => {
    const t = torch.tensor([1, 2]);
    expect([...ops.add(t, 2).toArray()]).toEqual([3, 4]);
    expect([...ops.add(t, t, { alpha: 3 }).toArray()]).toEqual([4, 8]);
    expect(ops.sum(t).item()).toBe(3);
    expect([...ops.sum(torch.ones([2, 3]), [1]).toArray()]).toEqual([3, 3]);
    const [values, indices] = ops.max(torch.tensor([[1, 5, 2]]), 1);
    expect([values.item(), indices.item(), indices.dtype]).toEqual([5, 1, 'int64']);
  });

  it('in place give back the object they were given', () => {
    const t = torch.ones([2]);
    expect(t.mul_(3)).toBe(t);
    const out = torch.zeros([2]);
    expect(ops.add(t, t, { out })).toBe(out);
    expect([...out.toArray()]).toEqual([6, 6]);
  });

  it('name themselves and the shapes they refuse', () => {
    expect(() => ops.mm(torch.ones([2, 3]), torch.ones([4, 5]))).toThrow(
      expect.objectContaining({
        code: 'TORCH_OP_FAILED',
        message: expect.stringMatching(/aten::mm: .*float32\[2,3\].*float32\[4,5\]/),
      }),
    );
    expect(() => (ops.add as (...args: unknown[]) => unknown)('one', 'two')).toThrow(
      expect.objectContaining({ code: 'TORCH_NO_OVERLOAD' }),
    );
    expect(() => torch.findOp('aten::no_such_operator')).toThrow(
      expect.objectContaining({ code: 'TORCH_UNKNOWN_OP' }),
    );
  });

  it('are seen by an interceptor, defaults filled in, and only while it is installed', () => {
    const seen: [string, unknown[]][] = [];
    const t = torch.ones([2]);
    torch.withInterceptor({ after: (name, args) => seen.push([name, args.slice(1)]) }, () =>
      ops.softmax(t, 0),
    );
    ops.softmax(t, 0);
    expect(seen).toEqual([['aten::softmax.int', [0, undefined]]]);
  });
});

describe('autograd', () => {
  it('agrees with the derivative on paper', () => {
    const x = torch.tensor([1, 2, 3], { requiresGrad: true });
    x.pow(3).sum().backward();
    expect([...x.grad!.toArray()]).toEqual([3, 12, 27]);
    x.mul(2).sum().backward();
    expect([...x.grad!.toArray()]).toEqual([5, 14, 29]);
    x.grad = null;
    expect(x.grad).toBeNull();
  });

  it('gives gradients without touching grad, and higher ones', () => {
    const x = torch.tensor(2, { requiresGrad: true });
    const y = x.pow(4);
    const [first] = torch.grad([y], [x], { createGraph: true });
    const [second] = torch.grad([first!], [x]);
    expect([first!.item(), second!.item(), x.grad]).toEqual([32, 48, null]);
  });

  it('is off inside noGrad, also after an error', () => {
    const x = torch.ones([1], { requiresGrad: true });
    expect(torch.noGrad(() => x.mul(2).requiresGrad)).toBe(false);
    expect(() =>
      torch.noGrad(() => {
        throw new Error('x');
      }),
    ).toThrow('x');
    expect(x.mul(2).requiresGrad).toBe(true);
  });
});

describe('scopes', () => {
  it('end what was born in them, but what they keep', () => {
    const before = torch.memory().tensors;
    const run = () => {
      using s = torch.scope();
      const a = torch.ones([1000]);
      const b = a.add(1);
      {
        using inner = torch.scope();
        inner.keep(b.mul(2));
      }
      return s.keep(b.add(1));
    };
    const kept = run();
    expect(torch.memory().tensors).toBe(before + 1);
    expect(kept.sum().item()).toBe(3000);
    kept.dispose();
  });

  it('keep memory flat over many steps', () => {
    const step = () => {
      using _ = torch.scope();
      const x = torch.randn([64, 64], { requiresGrad: true });
      x.matmul(x).sum().backward();
      return x.grad!.sum().item();
    };
    step();
    const { tensors, bytes } = torch.memory();
    for (let i = 0; i < 200; i++) step();
    expect(torch.memory()).toMatchObject({ tensors, bytes });
  });
});

describe('random numbers', () => {
  it('repeat from a seed and from a saved state', () => {
    torch.manualSeed(1);
    const a = torch.randn([4]).toArray();
    const state = torch.getRngState();
    const b = torch.randn([4]).toArray();
    torch.setRngState(state);
    expect(torch.randn([4]).toArray()).toEqual(b);
    torch.manualSeed(1);
    expect(torch.randn([4]).toArray()).toEqual(a);
  });
});
