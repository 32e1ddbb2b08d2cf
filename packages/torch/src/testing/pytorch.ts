import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { type DType, Tensor, tensor } from '../index.ts';

/** A tensor as golden/pytorch.py writes it. */
export interface Numbers {
  dtype: DType;
  shape: number[];
  data: (number | boolean | string)[];
}

/** The cases of golden/pytorch/NAME.json. */
export const pytorchCases = <Case>(name: string): Case[] =>
  JSON.parse(readFileSync(new URL(`../../golden/pytorch/${name}.json`, import.meta.url), 'utf8'));

const valueIn = (value: number | boolean | string) =>
  typeof value === 'string' ? Number(value.replace('inf', 'Infinity')) : value;

export const toTensor = ({ dtype, shape, data }: Numbers): Tensor =>
  tensor(data.map(valueIn), { dtype }).view(shape);

/** A value with every `{ tensor: numbers }` or `{ mask: numbers }` in it turned into a tensor. */
export function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object' || value === null) return value;
  const numbers =
    (value as { tensor?: Numbers; mask?: Numbers }).tensor ?? (value as { mask?: Numbers }).mask;
  if (numbers) return toTensor(numbers);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, revived(one)]));
}

/** |ours − theirs| ≤ 1e-10·max(1, |theirs|), in the same shape and dtype. */
export function expectNumbers(actual: Tensor | null | undefined, wanted: Numbers, what: string): void {
  expect(actual, what).toBeInstanceOf(Tensor);
  expect([actual!.dtype, actual!.shape], what).toEqual([wanted.dtype, wanted.shape]);
  const values = [...(actual!.toArray() as Iterable<number | bigint>)].map(Number);
  for (const [i, value] of values.entries()) {
    const other = Number(valueIn(wanted.data[i]!));
    const isClose =
      Object.is(value, other) || Math.abs(value - other) <= 1e-10 * Math.max(1, Math.abs(other));
    expect(isClose, `${what}[${i}]: ${value}, PyTorch has ${other}`).toBe(true);
  }
}
