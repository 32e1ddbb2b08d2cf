import { nn, rand, randn, type Tensor } from '../../index.ts';
import type { ExportOptions } from '../../onnx/index.ts';

/** A function of tensors that is exported: its name, example inputs for it and itself. */
export type Case = [
  name: string,
  inputs: () => Tensor[],
  forward: (...inputs: Tensor[]) => unknown,
  options?: Partial<ExportOptions>,
];

// Inputs: maps [N, C, H, W], rows [N, D] and sequences [N, T, D].
export const map = () => randn([2, 6, 12, 16]);
export const vec = () => randn([2, 6]);
export const seq = () => randn([2, 5, 6]);
const p = (...shape: number[]) => new nn.Parameter(randn(shape));

/** Parameters that the cases compute with, by name. */
export const w = {
  conv: p(4, 6, 3, 3),
  depth: p(6, 1, 3, 3),
  bias: p(4),
  up: p(6, 4, 2, 2),
  lin: p(3, 6),
  b3: p(3),
  slopes: p(6),
  one: p(1),
  six: p(6),
  mean: p(6),
};
export const v = Object.fromEntries(Object.entries(w).map(([k, x]) => [k, x.value])) as Record<
  keyof typeof w,
  Tensor
>;
export const variance = new nn.Parameter(rand([6]).add(0.5));
