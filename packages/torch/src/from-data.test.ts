import { describe, expect, it } from 'vitest';
import * as torch from './index.ts';

const refused = (message: RegExp) =>
  expect.objectContaining({ code: 'TORCH_BAD_ARGUMENT', message: expect.stringMatching(message) });

describe('tensor', () => {
  it('takes typed arrays, alone and as rows, with their dtype', () => {
    const row = torch.tensor(new Float32Array([1, 2]));
    expect([row.shape, row.dtype, [...row.toArray()]]).toEqual([[2], 'float32', [1, 2]]);
    const rows = torch.tensor([Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)]);
    expect([rows.shape, rows.dtype, [...rows.toArray()]]).toEqual([[2, 3], 'float64', [1, 2, 3, 4, 5, 6]]);
    expect(torch.tensor(Uint8Array.of(7, 8), { dtype: 'float32' }).div(2).toArray()).toEqual(
      Float32Array.of(3.5, 4),
    );
    expect(torch.tensor(Uint32Array.of(2 ** 32 - 1)).toArray()).toEqual(BigInt64Array.of(2n ** 32n - 1n));
    expect(torch.tensor(Float32Array.of(0.5, 0), { dtype: 'bool' }).toArray()).toEqual(Uint8Array.of(1, 0));
    expect(torch.tensor(new Float32Array(0)).shape).toEqual([0]);
    expect(() => torch.tensor([Float32Array.of(1, 2), Float32Array.of(3)])).toThrow(
      expect.objectContaining({ code: 'TORCH_SHAPE_MISMATCH' }),
    );
  });

  it('copies another tensor', () => {
    const x = torch.tensor([1, 2], { requiresGrad: true });
    const copy = torch.tensor(x, { dtype: 'int64' });
    x.detach().fill_(9);
    expect([copy.dtype, copy.requiresGrad, [...copy.toArray()]]).toEqual(['int64', false, [1n, 2n]]);
  });

  it('refuses what is no number, and says what it was', () => {
    const wrong: [unknown, RegExp][] = [
      ['abc', /received "abc"/],
      [['1', '2'], /received "1"/],
      [[1, null], /received null/],
      [undefined, /received undefined/],
      [new Array(3), /received undefined/],
      [{ length: 2 }, /received Object/],
      [new Date(0), /received Date/],
      [new ArrayBuffer(8), /received ArrayBuffer/],
      [[1n, 0.5], /only bigints, or none/],
    ];
    for (const [data, message] of wrong)
      expect(() => torch.tensor(data as number), String(message)).toThrow(refused(message));
  });

  it('keeps every int64, and refuses numbers that stand for several', () => {
    const big = 2n ** 53n + 1n;
    const t = torch.tensor([big, -(2n ** 63n)]);
    expect([t.dtype, [...t.toArray()]]).toEqual(['int64', [big, -(2n ** 63n)]]);
    expect(torch.tensor([big, 3], { dtype: 'int64' }).toArray()).toEqual(BigInt64Array.of(big, 3n));
    expect(torch.tensor([2 ** 53 - 1, -1.7], { dtype: 'int64' }).toArray()).toEqual(
      BigInt64Array.of(2n ** 53n - 1n, -1n),
    );
    expect(torch.full([1], big).toArray()).toEqual(BigInt64Array.of(big));
    const int64 = { dtype: 'int64' } as const;
    expect(() => torch.tensor([2 ** 53], int64)).toThrow(refused(/beyond 2\^53.*bigint/));
    expect(() => torch.full([1], 2 ** 60, int64)).toThrow(refused(/beyond 2\^53.*bigint/));
    expect(() => torch.tensor(2n ** 63n)).toThrow(refused(/does not fit int64/));
    expect(() => torch.tensor(Number.NaN, int64)).toThrow(refused(/NaN is no int64/));
    expect(() => torch.ops.randint(2 ** 60, [1])).toThrow(
      expect.objectContaining({ code: 'TORCH_NO_OVERLOAD' }),
    );
  });

  it('refuses values that an integer dtype cannot hold', () => {
    for (const [
      value,
      dtype,
    ] of [[256, 'uint8'], [-1, 'uint8'], [-129, 'int8'], [32768, 'int16'], [2 ** 31, 'int32'], [Infinity, 'int32']] as const) // biome-ignore format: a table
      expect(() => torch.tensor([value], { dtype })).toThrow(refused(/does not fit/));
    expect(torch.tensor([255.9, 0], { dtype: 'uint8' }).toArray()).toEqual(Uint8Array.of(255, 0));
    expect(torch.tensor([-32768], { dtype: 'int16' }).toArray()).toEqual(Int16Array.of(-32768));
  });

  it('is bool for booleans alone', () => {
    expect(torch.tensor([true, false]).dtype).toBe('bool');
    expect(torch.tensor([true, 2]).toArray()).toEqual(Float32Array.of(1, 2));
    expect(torch.tensor([0, 0.5, -2], { dtype: 'bool' }).toArray()).toEqual(Uint8Array.of(0, 1, 1));
  });
});

describe('bytes of a bool tensor', () => {
  const bytes = Uint8Array.of(0, 2, 255, 1);

  it('are made 0 and 1, so that equal values are equal', () => {
    const t = torch.fromArray(bytes, [4], { dtype: 'bool' });
    expect([...t.toArray()]).toEqual([0, 1, 1, 1]);
    expect(torch.ops.equal(t, torch.tensor([false, true, true, true]))).toBe(true);
    expect(t.sum().item()).toBe(3);
    expect([...bytes]).toEqual([0, 2, 255, 1]);
    expect([...torch.zeros([4], { dtype: 'bool' }).copyFromArray(bytes).toArray()]).toEqual([0, 1, 1, 1]);
  });

  it('are refused where they are shared', () => {
    expect(() => torch.shareArray(bytes, [4], { dtype: 'bool' })).toThrow(refused(/bytes of 0 and 1/));
    expect(torch.shareArray(Uint8Array.of(0, 1), [2], { dtype: 'bool' }).sum().item()).toBe(1);
  });
});

describe('creation', () => {
  it('takes sizes as a list or one after another', () => {
    expect(torch.zeros(2, 3).shape).toEqual([2, 3]);
    const ids = torch.ones(2, 3, { dtype: 'int64' });
    expect([ids.shape, ids.dtype]).toEqual([[2, 3], 'int64']);
    expect([torch.randn([4], { requiresGrad: true }).requiresGrad, torch.rand(2).shape]).toEqual([true, [2]]);
    expect([torch.zeros([]).shape, torch.zeros().shape]).toEqual([[], []]);
  });

  it('counts in whole numbers, or in fractions', () => {
    expect(torch.arange(3).toArray()).toEqual(BigInt64Array.of(0n, 1n, 2n));
    expect(torch.arange(0, 1, 0.25).toArray()).toEqual(Float32Array.of(0, 0.25, 0.5, 0.75));
    expect(torch.arange(2, { dtype: 'float64' }).toArray()).toEqual(Float64Array.of(0, 1));
    expect(torch.arange(5, 1, -2).toArray()).toEqual(BigInt64Array.of(5n, 3n));
    expect(torch.linspace(0, 1, 5).toArray()).toEqual(Float32Array.of(0, 0.25, 0.5, 0.75, 1));
  });

  it('draws whole numbers, repeatably from a generator', () => {
    const draw = (seed: number) => torch.randint(5, [200], { generator: new torch.Generator(seed) });
    const values = [...(draw(1).toArray() as BigInt64Array)].map(Number);
    expect(draw(1).dtype).toBe('int64');
    expect([Math.min(...values), Math.max(...values)]).toEqual([0, 4]);
    expect(torch.ops.equal(draw(1), draw(1))).toBe(true);
    expect(torch.ops.equal(draw(1), draw(2))).toBe(false);
    expect(torch.randint(3, 4, [2]).toArray()).toEqual(BigInt64Array.of(3n, 3n));
    const order = [...(torch.randperm(50).toArray() as BigInt64Array)].map(Number);
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    const normal = () => torch.randn(3, { generator: new torch.Generator(2) });
    expect(torch.ops.equal(normal(), normal())).toBe(true);
  });
});
