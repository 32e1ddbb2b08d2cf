// Gradients of operators, held against central differences in float64.
import { expect, it } from 'vitest';
import type { Tensor } from '../index.ts';
import * as torch from '../index.ts';

const { ops } = torch;

/** Values apart from each other and from zero, where kinks are; from low to high. */
function input(shape: number[], low = -2, high = 2): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const values = Float64Array.from(
    { length: size },
    (_, i) => low + ((high - low) * (((i * 37) % 101) + 0.37)) / 101.4,
  );
  return torch.fromArray(values, shape, { requiresGrad: true });
}

type Case = [
  name: string,
  fn: (...inputs: Tensor[]) => Tensor | Tensor[],
  ...shapes: (number[] | { shape: number[]; low: number; high: number })[],
];
const within = (shape: number[], low: number, high: number) => ({ shape, low, high });
const unary = [
  'abs',
  'exp',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'relu',
  'softplus',
  'gelu',
  'silu',
  'mish',
  'erf',
  'atan',
  'square',
  'elu',
  'selu',
  'log_sigmoid',
  'leaky_relu',
  'hardswish',
  'sinh',
  'expm1',
] as const;
const positive = ['log', 'sqrt', 'rsqrt', 'reciprocal', 'log1p', 'lgamma'] as const;
type Unary = (x: Tensor) => Tensor;
const byName = (name: string) => (ops as unknown as Record<string, Unary>)[name]!;

const cases: Case[] = [
  ...unary.map((name): Case => [name, (x) => byName(name)(x), [2, 3]]),
  ...positive.map((name): Case => [name, (x) => byName(name)(x), within([2, 3], 0.3, 3)]),
  ['add, broadcast', (a, b) => ops.add(a, b, { alpha: 2 }), [2, 3], [3]],
  ['sub', (a, b) => ops.sub(a, b), [2, 1], [1, 3]],
  ['mul, broadcast', (a, b) => ops.mul(a, b), [2, 3], [3]],
  ['div', (a, b) => ops.div(a, b), [2, 3], within([3], 0.5, 2)],
  ['pow', (a, b) => ops.pow(a, b), within([4], 0.5, 2), [4]],
  ['atan2', (a, b) => ops.atan2(a, b), [4], within([4], 0.5, 2)],
  ['clamp', (a) => ops.clamp(a, -1.013, 1.013), [7]],
  ['sum of a dimension', (a) => ops.sum(a, [1]), [2, 3]],
  ['mean', (a) => ops.mean(a, [0], true), [2, 3]],
  ['prod', (a) => ops.prod(a, 1), [2, 3]],
  ['var', (a) => ops.var(a, [1], true), [2, 4]],
  ['norm', (a) => ops.norm(a, 2, [1]), [2, 3]],
  ['logsumexp', (a) => ops.logsumexp(a, [1]), [2, 3]],
  ['softmax', (a) => ops.softmax(a, 1), [2, 3]],
  ['log_softmax', (a) => ops.log_softmax(a, 1), [2, 3]],
  ['cumsum', (a) => ops.cumsum(a, 0), [4]],
  ['cumprod', (a) => ops.cumprod(a, 0), [4]],
  ['amax', (a) => ops.amax(a, [1]), [2, 3]],
  ['max with indices', (a) => ops.max(a, 1)[0], [2, 3]],
  ['sort', (a) => ops.sort(a)[0], [5]],
  [
    'transpose and view',
    (a) =>
      a
        .transpose(0, 1)
        .reshape([6])
        .mul(a.view([6])),
    [2, 3],
  ],
  ['slice', (a) => ops.slice(a, 1, 0, 3, 2), [2, 3]],
  ['expand', (a) => a.expand([4, 3]), [1, 3]],
  ['cat', (a, b) => ops.cat([a, b], 1), [2, 2], [2, 1]],
  ['stack', (a, b) => ops.stack([a, b]), [3], [3]],
  ['split', (a) => ops.split(a, 2), [5]],
  ['index_select', (a) => ops.index_select(a, 0, torch.tensor([2, 0, 2], { dtype: 'int64' })), [3, 2]],
  ['gather', (a) => ops.gather(a, 1, torch.tensor([[0, 2]], { dtype: 'int64' })), [2, 3]],
  ['where', (a, b) => ops.where(a.detach().gt(0), a, b), [5], [5]],
  ['tril', (a) => ops.tril(a), [3, 3]],
  ['mm', (a, b) => ops.mm(a, b), [2, 3], [3, 2]],
  ['bmm', (a, b) => ops.bmm(a, b), [2, 2, 2], [2, 2, 2]],
  ['matmul, broadcast', (a, b) => ops.matmul(a, b), [2, 2, 3], [3, 2]],
  ['linear', (x, w, b) => ops.linear(x, w, b), [2, 3], [4, 3], [4]],
  ['einsum', (a, b) => ops.einsum('ij,kj->ik', [a, b]), [2, 3], [2, 3]],
  ['linalg_inv', (a) => ops.linalg_inv(a.add(torch.eye(3, { dtype: 'float64' }).mul(5))), [3, 3]],
  // The plain matrix is singular, where rounding decides what the gradient is.
  ['linalg_det', (a) => ops.linalg_det(a.add(torch.eye(3, { dtype: 'float64' }).mul(5))), [3, 3]],
  ['conv2d', (x, w, b) => ops.conv2d(x, w, b, 1, 1), [1, 2, 4, 4], [2, 2, 3, 3], [2]],
  ['conv2d, depthwise with stride', (x, w) => ops.conv2d(x, w, null, 2, 1, 1, 2), [1, 2, 5, 5], [2, 1, 3, 3]],
  ['conv2d, same', (x, w) => ops.conv2d(x, w, null, 1, 'same'), [1, 1, 4, 4], [1, 1, 3, 3]],
  ['conv1d', (x, w) => ops.conv1d(x, w), [1, 2, 5], [2, 2, 3]],
  ['conv_transpose2d', (x, w) => ops.conv_transpose2d(x, w, null, 2), [1, 1, 2, 2], [1, 2, 2, 2]],
  ['max_pool2d', (x) => ops.max_pool2d(x, 2), [1, 1, 4, 4]],
  ['avg_pool2d', (x) => ops.avg_pool2d(x, 2), [1, 1, 4, 4]],
  ['adaptive_avg_pool2d', (x) => ops.adaptive_avg_pool2d(x, [2, 2]), [1, 1, 3, 5]],
  ['batch_norm', (x, w, b) => ops.batch_norm(x, w, b, null, null, true, 0.1, 1e-5, false), [4, 2], [2], [2]],
  ['layer_norm', (x, w, b) => ops.layer_norm(x, [3], w, b), [2, 3], [3], [3]],
  ['prelu', (x, w) => ops.prelu(x, w), [2, 3], [3]],
  ['mse_loss', (a, b) => ops.mse_loss(a, b), [4], [4]],
  ['cross_entropy_loss', (x) => ops.cross_entropy_loss(x, torch.tensor([0, 2], { dtype: 'int64' })), [2, 3]],
  ['cosine_similarity', (a, b) => ops.cosine_similarity(a, b), [2, 3], [2, 3]],
  ['upsample_bilinear2d', (x) => ops.upsample_bilinear2d(x, [4, 4], false), [1, 1, 2, 3]],
  ['embedding', (w) => ops.embedding(w, torch.tensor([0, 2, 2], { dtype: 'int64' })), [3, 2]],
];

it('covers at least 60 operators', () => expect(cases.length).toBeGreaterThanOrEqual(60));

it.each(cases.map((one) => [one[0], one] as const))('%s', (_name, [, fn, ...shapes]) => {
  using _ = torch.scope();
  const inputs = shapes.map((s) => (Array.isArray(s) ? input(s) : input(s.shape, s.low, s.high)));
  expect(torch.gradcheck(fn, inputs)).toBeLessThan(1e-3);
});
