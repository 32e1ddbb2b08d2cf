import { callOp } from '../../dispatch.ts';
import { findOp, ops, rand, type Tensor } from '../../index.ts';
import { type Case, map, v, variance } from './case.ts';

/** Cases on maps run with open batch, height and width; the others with an open batch. */
export const maps: Case[] = [
  ['conv2d', () => [map()], (x) => ops.conv2d(x, v.conv, v.bias, [2, 1], [1, 2], [1, 1], 1)],
  ['conv2d, a stride for both axes', () => [map()], (x) => ops.conv2d(x, v.conv, null, [2], [1])],
  [
    'conv2d by groups, dilated',
    () => [map()],
    (x) => ops.conv2d(x, v.depth, null, [1, 1], [2, 2], [2, 2], 6),
  ],
  [
    'conv2d with padding by name',
    () => [map()],
    (x) => callOp(findOp('aten::conv2d.padding'), [x, v.conv, v.bias, [1, 1], 'same', [1, 1], 1]),
  ],
  [
    'convolution',
    () => [map()],
    (x) => ops.convolution(x, v.conv, v.bias, [1, 1], [1, 1], [1, 1], false, [0, 0], 1),
  ],
  [
    'conv_transpose2d',
    () => [map()],
    (x) => ops.conv_transpose2d(x, v.up, v.bias, [2, 2], [0, 0], [1, 1], 1, [1, 1]),
  ],
  ['group_norm', () => [map()], (x) => [ops.group_norm(x, 2, v.six, v.slopes), ops.group_norm(x, 3)]],
  ['gelu by tanh', () => [map()], (x) => ops.gelu(x, { approximate: 'tanh' })],
  [
    'batch_norm',
    () => [map()],
    (x) => ops.batch_norm(x, v.six, v.slopes, v.mean, variance.value, false, 0.1, 1e-5, true),
  ],
  [
    'batch_norm without γ and β',
    () => [map()],
    (x) => ops.batch_norm(x, null, null, v.mean, variance.value, false, 0.1, 1e-3, true),
  ],
  ['prelu by channel', () => [map()], (x) => ops.prelu(x, v.slopes)],
  ['prelu of one slope', () => [map()], (x) => ops.prelu(x, v.one)],
  ['relu', () => [map()], (x) => ops.relu(x)],
  ['relu_ in place', () => [map()], (x) => ops.mul(x, 2).relu_()],
  ['leaky_relu', () => [map()], (x) => ops.leaky_relu(x, 0.1)],
  ['leaky_relu_ in place', () => [map()], (x) => ops.add(x, 1).leaky_relu_(0.2)],
  ['sigmoid, tanh, softplus', () => [map()], (x) => [ops.sigmoid(x), ops.tanh(x), ops.softplus(x)]],
  [
    'silu, gelu, hardswish, hardsigmoid, elu',
    () => [map()],
    (x) => [ops.silu(x), ops.gelu(x), ops.hardswish(x), ops.hardsigmoid(x), ops.elu(x)],
  ],
  ['relu6, hardtanh', () => [map()], (x) => [ops.relu6(x), ops.hardtanh(x, -0.5, 0.25)]],
  [
    'clamp',
    () => [map()],
    (x) => [
      ops.clamp(x, -1, 1),
      ops.clamp(x, null, 0.5),
      ops.clamp_min(x, 0.1),
      ops.clamp_max(x, 0.1),
      ops.clip(x, 0),
    ],
  ],
  [
    'softmax, log_softmax',
    () => [map()],
    (x) => [ops.softmax(x, 1), ops.softmax(x, -1), ops.log_softmax(x, 1)],
  ],
  ['max_pool2d', () => [map()], (x) => ops.max_pool2d(x, [3, 3], [2, 2], [1, 1])],
  ['max_pool2d, stride left out', () => [map()], (x) => ops.max_pool2d(x, [2, 2])],
  ['avg_pool2d', () => [map()], (x) => ops.avg_pool2d(x, [3, 3], [2, 2], [1, 1])],
  [
    'avg_pool2d without counting padding',
    () => [map()],
    (x) => ops.avg_pool2d(x, [3, 3], [2, 2], [1, 1], false, false),
  ],
  ['adaptive_avg_pool2d to 1×1', () => [map()], (x) => ops.flatten(ops.adaptive_avg_pool2d(x, [1, 1]), 1)],
  ['flatten with an end', () => [map()], (x) => ops.flatten(x, 2)],
  ['flatten to rows', () => [map()], (x) => ops.permute(x, [0, 2, 3, 1]).flatten(0, 2)],
  [
    'view to one row per cell',
    () => [map()],
    (x) => ops.view(x.permute([0, 2, 3, 1]).contiguous(), [x.shape[0]!, -1, 3]),
  ],
  [
    'view with every size written out',
    () => [map()],
    (x) => ops.view(x, [x.shape[0]!, 6, x.shape[2]! * x.shape[3]!]),
  ],
  [
    'view that splits the channels',
    () => [map()],
    (x) => ops.view(x, [x.shape[0]!, 2, 3, x.shape[2]!, x.shape[3]!]),
  ],
  [
    'reshape that moves two open sizes',
    () => [map()],
    (x) => ops.reshape(x.permute([2, 3, 0, 1]), [x.shape[2]!, x.shape[3]! * x.shape[0]!, 6]),
  ],
  ['permute with negative axes', () => [map()], (x) => ops.permute(x, [0, -1, 1, -2])],
  ['transpose', () => [map()], (x) => ops.transpose(x, 1, -1)],
  ['cat of maps', () => [map(), map()], (x, y) => ops.cat([x, y.mul(2)], 1)],
  ['cat along an open axis', () => [map()], (x) => ops.cat([x, x], 2)],
  ['stack', () => [map()], (x) => ops.stack([x, x.mul(2)], 1)],
  [
    'add, sub with alpha',
    () => [map(), map()],
    (x, y) => [ops.add(x, y), ops.add(x, y, { alpha: 2 }), ops.sub(x, y, { alpha: 0.5 })],
  ],
  [
    'numbers as operands',
    () => [map()],
    (x) => [ops.add(x, 1.5), ops.sub(x, 2), ops.rsub(x, 1), ops.mul(x, 3), ops.div(x, 4)],
  ],
  ['in-place arithmetic', () => [map()], (x) => ops.mul(x, 1).add_(2).mul_(3).sub_(1).div_(2)],
  ['broadcast by channel', () => [map()], (x) => ops.mul(x, v.six.view([1, 6, 1, 1]))],
  ['a parameter on the left', () => [map()], (x) => ops.sub(v.six.view([6, 1, 1]), x)],
  [
    'pow, square, sqrt, rsqrt',
    () => [rand([2, 6, 12, 16]).add(0.1)],
    (x) => [ops.pow(x, 2), ops.pow(x, 0.5), ops.pow(x, 3), ops.square(x), ops.sqrt(x), ops.rsqrt(x)],
  ],
  [
    'exp, log, abs, neg, reciprocal',
    () => [rand([2, 6, 12, 16]).add(0.5)],
    (x) => [ops.exp(x), ops.log(x), ops.abs(x.neg()), ops.reciprocal(x)],
  ],
  [
    'floor, ceil, round, sin, cos, erf',
    () => [map()],
    (x) => [ops.floor(x), ops.ceil(x), ops.round(x), ops.sin(x), ops.cos(x), ops.erf(x)],
  ],
  ['minimum, maximum', () => [map(), map()], (x, y) => [ops.minimum(x, y), ops.maximum(x, y)]],
  [
    'where and comparisons',
    () => [map(), map()],
    (x, y) => [ops.where(ops.gt(x, y), x, y), ops.where(ops.le(x, 0), y, x)],
  ],
  ['masked_fill', () => [map()], (x) => ops.masked_fill(x, ops.lt(x, 0), -1)],
  ['comparisons as output', () => [map(), map()], (x, y) => [ops.ge(x, y), ops.eq(x, x)]],
  [
    'mean over everything and over axes',
    () => [map()],
    (x) => [ops.mean(x), ops.mean(x, [2, 3]), ops.mean(x, [-1], true)],
  ],
  ['sum', () => [map()], (x) => [ops.sum(x, [1]), ops.sum(x, [-2, -1], true)]],
  ['amax, amin', () => [map()], (x) => [ops.amax(x, [1]), ops.amin(x, [2, 3], true)]],
  [
    'max and argmax along an axis',
    () => [map()],
    (x) => [...(ops.max(x, 1) as unknown as Tensor[]), ops.argmax(x, 1)],
  ],
  [
    'upsample_nearest2d to sizes',
    () => [map()],
    (x) => ops.upsample_nearest2d(x, [x.shape[2]! * 2, x.shape[3]! * 2]),
  ],
  ['upsample_nearest2d by factors', () => [map()], (x) => ops.upsample_nearest2d(x, null, [2, 3])],
  [
    'upsample_nearest2d to the size of another map',
    () => [map()],
    (x) => {
      const y = ops.max_pool2d(x, [2, 2]);
      return ops.upsample_nearest2d(y, x.shape.slice(2)).add(x);
    },
  ],
  [
    'upsample_bilinear2d',
    () => [map()],
    (x) => [
      ops.upsample_bilinear2d(x, [x.shape[2]! * 2, x.shape[3]! * 2], false),
      ops.upsample_bilinear2d(x, [25, 30], true),
    ],
  ],
  [
    'slice',
    () => [map()],
    (x) => [
      ops.slice(x, 1, 1, 4),
      ops.slice(x, 2, 1),
      ops.slice(x, 3, 0, null, 2),
      ops.slice(x, 1, -2),
      ops.slice(x, 2, 0, -1),
      ops.slice(x, 2, 0, x.shape[2]! / 2 > 1e6 ? 1 : 1000000),
    ],
  ],
  ['slice up to an open size', () => [map(), map()], (x) => ops.slice(ops.cat([x, x], 2), 2, 0, x.shape[2]!)],
  ['narrow', () => [map()], (x) => [ops.narrow(x, 1, 2, 3), ops.narrow(x, 2, 2, x.shape[2]! - 2)]],
  ['select', () => [map()], (x) => [ops.select(x, 1, 2), ops.select(x, 2, -1)]],
  [
    'unsqueeze, squeeze',
    () => [map()],
    (x) => [ops.unsqueeze(x, -1), ops.squeeze(ops.unsqueeze(x, 1), 1), ops.squeeze(ops.slice(x, 1, 0, 1), 1)],
  ],
  [
    'chunk, split, split_with_sizes, unbind',
    () => [map()],
    (x) => [
      ...ops.chunk(x, 2, 1),
      ...ops.split(x, 4, 1),
      ...ops.split_with_sizes(x, [1, 5], 1),
      ...ops.unbind(x, 1),
    ],
  ],
  ['expand', () => [map()], (x) => ops.expand(v.six.view([1, 6, 1, 1]).mul(x.mean()), x.shape)],
  ['expand_as', () => [map()], (x) => ops.expand_as(ops.mean(x, [1], true), x)],
  [
    'contiguous, clone, detach, dropout in eval',
    () => [map()],
    (x) => ops.dropout(x.contiguous().clone().detach(), 0.5, false).mul(1),
  ],
  ['to another dtype and back', () => [map()], (x) => ops.to(ops.to(x, 'float64').mul(2), 'float32')],
  ['flip', () => [map()], (x) => [ops.flip(x, [3]), ops.flip(x, [1, 2])]],
  ['index_select', () => [map()], (x) => ops.index_select(x, 1, ops.arange(0, 3).to('int64'))],
];
