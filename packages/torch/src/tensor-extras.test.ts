import { describe, expect, expectTypeOf, it } from 'vitest';
import * as torch from './index.ts';

const { tensor } = torch;
const matrix = () => tensor([[1, 2, 3], [4, 5, 6]]); // biome-ignore format: a matrix
const refused = (message: RegExp) =>
  expect.objectContaining({ code: 'TORCH_BAD_ARGUMENT', message: expect.stringMatching(message) });

describe('a tensor as in PyTorch', () => {
  it('gives nested lists', () => {
    expect(matrix().tolist()).toEqual([[1, 2, 3], [4, 5, 6]]); // biome-ignore format: a matrix
    expect(matrix().T.tolist()).toEqual([[1, 4], [2, 5], [3, 6]]); // biome-ignore format: a matrix
    expect([tensor(2).tolist(), tensor([true, false]).tolist(), torch.zeros(2, 0).tolist()]).toEqual([
      2,
      [true, false],
      [[], []],
    ]);
    expect(tensor([1n, -2n]).tolist()).toEqual([1, -2]);
    const big = tensor([2n ** 60n]);
    expect(big.tolist({ bigint: true })).toEqual([2n ** 60n]);
    expect(() => big.tolist()).toThrow(refused(/1152921504606846976 does not fit a number/));
    const back = matrix().tolist();
    expect(torch.ops.equal(tensor(back), matrix())).toBe(true);
  });

  it('tells its sizes', () => {
    const x = torch.zeros(2, 3, 4);
    expect([x.size(), x.size(0), x.size(-1), x.dim()]).toEqual([[2, 3, 4], 2, 4, 3]);
    expect(() => x.size(3)).toThrow(refused(/dimension of \[2, 3, 4\] but received 3/));
    expectTypeOf(x.size(0)).toEqualTypeOf<number>();
  });

  it('takes sizes one after another, or as a list', () => {
    const x = torch.arange(6);
    expect(x.view(2, 3).shape).toEqual([2, 3]);
    expect(x.view([3, -1]).shape).toEqual([3, 2]);
    expect(x.view('int32').shape).toEqual([12]);
    expect(x.reshape(3, 2).permute(1, 0).shape).toEqual([2, 3]);
    expect(x.view(1, 6).expand(4, -1).shape).toEqual([4, 6]);
    expect(x.repeat(2).numel).toBe(12);
    expect(x.tile(2, 1).shape).toEqual([2, 6]);
    expect(x.flip(0).tolist()).toEqual([5, 4, 3, 2, 1, 0]);
    const made = x.new_zeros([2, 2], { dtype: 'float64' });
    expect([made.shape, made.dtype]).toEqual([[2, 2], 'float64']);
  });

  it('has its transposes as properties', () => {
    expect(matrix().T.shape).toEqual([3, 2]);
    expect(torch.zeros(2, 3, 4).mT.shape).toEqual([2, 4, 3]);
    const w = tensor([[1, 2]], { requiresGrad: true });
    w.T.mul(tensor([[3], [4]]))
      .sum()
      .backward();
    expect(w.grad!.tolist()).toEqual([[3, 4]]);
  });

  it('changes its dtype and device by short names', () => {
    const x = tensor([0, 1.7]);
    const casts = [
      'float',
      'double',
      'half',
      'bfloat16',
      'long',
      'int',
      'short',
      'char',
      'byte',
      'bool',
    ] as const;
    expect(casts.map((name) => x[name]().dtype)).toEqual([
      'float32', 'float64', 'float16', 'bfloat16', 'int64', 'int32', 'int16', 'int8', 'uint8', 'bool',
    ]); // biome-ignore format: one line
    expect([x.long().tolist(), x.bool().tolist()]).toEqual([
      [0, 1],
      [false, true],
    ]);
    expect([x.cpu().device, x.to('cpu').dtype, x.to('cpu', 'int64').dtype]).toEqual([
      'cpu',
      'float32',
      'int64',
    ]);
    expect([x.to('float64').dtype, x.to({ dtype: 'int8' }).dtype, x.to(x.long()).dtype]).toEqual([
      'float64',
      'int8',
      'int64',
    ]);
    const copy = x.to('cpu', false, true);
    copy.fill_(5);
    expect(x.tolist()).not.toEqual(copy.tolist());
    if (!torch.cuda.isAvailable())
      for (const move of [() => x.cuda(), () => x.cuda(1), () => x.to('cuda'), () => x.to('cuda:0', true)])
        expect(move).toThrow(expect.objectContaining({ code: 'TORCH_NO_DEVICE' }));
  });
});

describe("JavaScript's operators", () => {
  it('are refused, where they would join texts or give NaN', () => {
    const x = matrix();
    const uses = [() => (x as never) + 1, () => (x as never) * 2, () => (x as never) < 3, () => `loss ${'a' + (x as never)}`, () => -(x as never)]; // biome-ignore format: a list
    for (const use of uses)
      expect(use).toThrow(refused(/\(Tensor\(float32\[2,3\]\)\): use methods such as add\(\)/));
    expect(() => (tensor(1) as never) + 1).toThrow(refused(/item\(\)/));
    expect(`${x}`).toBe('Tensor(float32[2,3])');
  });

  it('take the number of one element', () => {
    expect(Number(tensor([2.5]))).toBe(2.5);
    expect((tensor(2) as unknown as number) > 1).toBe(true);
  });
});

it('operators stand at the top level under their names', () => {
  const x = matrix();
  expect(torch.cat([x, x], 1).shape).toEqual([2, 6]);
  expect(torch.stack([x, x]).shape).toEqual([2, 2, 3]);
  expect(torch.where(x.gt(3), x, 0).tolist()).toEqual([[0, 0, 0], [4, 5, 6]]); // biome-ignore format: a matrix
  expect(torch.einsum('ij,kj->ik', x, x).tolist()).toEqual([[14, 32], [32, 77]]); // biome-ignore format: a matrix
  expect(torch.einsum('ij->j', [x]).tolist()).toEqual([5, 7, 9]);
  expect(torch.zeros_like(x, { dtype: 'int64' }).dtype).toBe('int64');
  const [values, places] = torch.max(x, 1);
  expect([values.tolist(), places.tolist(), torch.argmax(x).item()]).toEqual([[3, 6], [2, 2], 5]);
  expect(torch.softmax(x, 1).sum([1]).round().tolist()).toEqual([1, 1]);
  expect(torch.matmul(x, x.T).equal(torch.mm(x, x.T))).toBe(true);
});
