import { ops, type Tensor } from '../../index.ts';
import { type Case, map, seq, v, variance, vec } from './case.ts';

/** Cases whose inputs have an open batch and else fixed sizes. */
export const rows: Case[] = [
  ['upsample_nearest2d to a fixed size', () => [map()], (x) => ops.upsample_nearest2d(x, [24, 40])],
  ['linear', () => [vec()], (x) => ops.linear(x, v.lin, v.b3)],
  ['linear on sequences', () => [seq()], (x) => [ops.linear(x, v.lin, v.b3), ops.linear(x, v.lin)]],
  [
    'addmm, mm, t',
    () => [vec()],
    (x) => [
      ops.addmm(v.b3, x, v.lin.t()),
      ops.mm(x, v.lin.t()),
      ops.addmm(v.b3, x, v.lin.t(), { beta: 0.5, alpha: 2 }),
    ],
  ],
  ['matmul of two inputs', () => [seq(), seq()], (x, y) => ops.matmul(x, y.transpose(1, 2))],
  ['bmm', () => [seq()], (x) => ops.bmm(x, x.transpose(1, 2))],
  ['t of an input', () => [vec()], (x) => ops.mm(v.lin, x.t())],
  [
    'batch_norm of rows',
    () => [vec()],
    (x) => ops.batch_norm(x, v.six, v.slopes, v.mean, variance.value, false, 0.1, 1e-5, true),
  ],
  ['layer_norm', () => [seq()], (x) => [ops.layer_norm(x, [6], v.six, v.slopes), ops.layer_norm(x, [5, 6])]],
  [
    'group_norm of rows',
    () => [seq()],
    (x) => [ops.group_norm(x, 1), ops.group_norm(x.transpose(1, 2), 3, v.six, v.slopes, 0.01)],
  ],
  ['embedding', () => [ops.randint(6, [2, 4], { dtype: 'int64' })], (ids) => ops.embedding(v.lin.t(), ids)],
  ['prelu of rows', () => [vec()], (x) => ops.prelu(x, v.slopes)],
  [
    'linalg_vector_norm',
    () => [vec()],
    (x) => [ops.linalg_vector_norm(x, 2, [1], true), ops.linalg_vector_norm(x, 1, [-1])],
  ],
  ['norm', () => [vec()], (x) => [ops.norm(x, 2, [1], true), ops.norm(x)]],
  [
    'normalisation as in F.normalize',
    () => [vec()],
    (x) => ops.div(x, ops.linalg_vector_norm(x, 2, [1], true).clamp_min(1e-12).expand_as(x)),
  ],
  [
    'cosine to normalised weights',
    () => [vec()],
    (x) => ops.linear(ops.div(x, ops.norm(x, 2, [1], true)), ops.div(v.lin, ops.norm(v.lin, 2, [1], true))),
  ],
  ['unflatten', () => [vec()], (x) => ops.unflatten(x, 1, [2, 3])],
  [
    'adaptive pooling of fixed maps',
    () => [map()],
    (x) => [
      ops.adaptive_avg_pool2d(x, [3, 4]),
      (ops.adaptive_max_pool2d(x, [1, 1]) as unknown as Tensor[])[0],
    ],
  ],
  ['flatten of a fixed map', () => [map()], (x) => ops.flatten(x, 1)],
  ['batch as an open number of rows', () => [map()], (x) => ops.view(x, [-1, 16])],
];
