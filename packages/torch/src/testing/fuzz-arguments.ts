import type { Random } from '@semblance/core/random';
import { full, rand, randn } from '../create.ts';
import { Generator } from '../generator.ts';
import type { ArgInfo, KindInfo } from '../native.ts';
import { ops } from '../ops.ts';
import type { DType, Tensor } from '../tensor.ts';

const shapes = [
  ...[[], [0], [1], [3], [4], [2, 3], [3, 3], [3, 0], [1, 4], [2, 2, 3], [3, 3, 3]],
  ...[
    [1, 2, 4, 4],
    [2, 4, 3, 3],
    [0, 2, 3, 3],
    [1, 2, 3, 4, 4],
  ],
];
const dtypes: DType[] = [
  ...(['float32', 'float32', 'float32', 'float32', 'float64', 'int64', 'int64', 'int32'] as const),
  ...(['bool', 'uint8', 'int8', 'float16', 'bfloat16'] as const),
];
const strings = [
  'mean',
  'none',
  'sum',
  'same',
  'valid',
  'ij',
  'zeros',
  'linear',
  'floor',
  'fro',
  'N,C',
  'ü',
  '',
];
const enumerations = ['float32', 'int64', 'bool', 'strided', 'channels_last', 'contiguous_format', 'sparse'];
const ints = [0, 0, 1, 1, 1, 2, 2, 3, 4, -1, -1, -2, 7, 100, -100];
const floats = [0, 0.5, 1, 1e-5, -1, 2.5, 1e30, Number.NaN, Number.POSITIVE_INFINITY];
const wrong = [
  'x',
  null,
  undefined,
  1.5,
  -1,
  true,
  12345n,
  [],
  [1],
  ['y'],
  [null],
  {},
  () => 0,
  Symbol.iterator,
];

function randomTensor(rng: Random): Tensor {
  const shape = rng.pick(shapes);
  const dtype = rng.pick(dtypes);
  const isFloat = dtype.startsWith('float') || dtype === 'bfloat16';
  let t: Tensor;
  if (isFloat) t = (rng.chance(0.2) ? rand(shape) : randn(shape)).to(dtype);
  else if (rng.chance(0.15)) t = full(shape, rng.pick([-1, 100, 7]), { dtype: 'int64' }).to(dtype);
  else t = ops.randint(0, 4, shape, { dtype: 'int64' }).to(dtype);
  if (t.ndim >= 2 && rng.chance(0.25)) t = t.transpose(0, 1);
  if (t.ndim === 1 && rng.chance(0.1)) t = t.expand([2, t.numel]);
  if (rng.chance(0.02)) t = t.to_sparse();
  if (isFloat && rng.chance(0.15)) t.requiresGrad = true;
  return t;
}

function single(kind: KindInfo, rng: Random): unknown {
  if (kind.enumeration) return rng.pick(enumerations);
  switch (kind.base) {
    case 'Tensor':
      return randomTensor(rng);
    case 'int':
      return rng.pick(ints);
    case 'float':
      return rng.pick(floats);
    case 'Scalar':
      return rng.pick([0, 1, 2, -1, 0.5, true, 3n]);
    case 'bool':
      return rng.chance(0.5);
    case 'str':
      return rng.pick(strings);
    case 'Device':
      return rng.pick(['cpu', 'cpu', 'cpu', 'cuda', 'nowhere']);
    case 'Generator':
      return rng.chance(0.5) ? new Generator(1) : undefined;
    default:
      return undefined;
  }
}

/** A value that fits an argument's kind; with a chance of `mistakes` one that need not. */
export function randomArgument(arg: ArgInfo, rng: Random, mistakes: number): unknown {
  if (rng.chance(mistakes)) return rng.pick(wrong);
  const { kind } = arg;
  if (arg.hasDefault && rng.chance(0.5)) return undefined;
  if (kind.optional && rng.chance(0.5)) return null;
  if (!kind.list) return single(kind, rng);
  if (kind.broadcast && rng.chance(0.2)) return single(kind, rng);
  return Array.from({ length: rng.pick([0, 1, 2, 2, 2, 3, 4]) }, () =>
    kind.optionalElements && rng.chance(0.3) ? null : single(kind, rng),
  );
}
