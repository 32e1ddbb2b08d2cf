import { TorchError } from '../error.ts';
import { fromArray } from '../from-data.ts';
import { ops } from '../ops.ts';
import { scope } from '../scope.ts';
import { type DType, Tensor } from '../tensor.ts';

/** A tensor of a golden file: dtype, sizes, row-major values, views to take of it, strides where not row-major. */
interface GoldenTensor {
  $: DType;
  s: number[];
  d: (number | string)[];
  v?: [string, ...unknown[]][];
  st?: number[];
}

/** One case: name, operator, arguments, keywords, result, the first argument afterwards; or `e`: it is refused. */
export interface GoldenCase {
  n: string;
  op: string;
  a: unknown[];
  k?: Record<string, unknown>;
  r?: unknown;
  m?: unknown;
  e?: true;
}

type AnyFunction = (...args: unknown[]) => unknown;
const call = (op: string, args: unknown[]) => (ops as unknown as Record<string, AnyFunction>)[op]!(...args);

/** |ours − theirs| ≤ tolerance · max(1, |theirs|); whole numbers agree exactly. */
const tolerances: Partial<Record<DType, number>> = {
  float64: 1e-11,
  float32: 2e-6,
  float16: 2e-3,
  bfloat16: 1e-2,
};

const isGolden = (value: unknown): value is GoldenTensor =>
  typeof value === 'object' && value !== null && '$' in value;
const toNumber = (value: number | string) =>
  typeof value === 'string' ? Number(value.replace('inf', 'Infinity')) : value;

/** Where the cases are computed: SEMBLANCE_TEST_DEVICE=cuda holds a GPU's operators to the same numbers. */
const device = process.env.SEMBLANCE_TEST_DEVICE ?? 'cpu';

/** What libtorch's CUDA kernels do not do, or round otherwise: hardsigmoid's 1/6 is a float32 there. */
const notOnGpu = ['mm int64', 'linalg_lstsq float64', 'embedding_bag float32', 'hardsigmoid float64'];

/**
 * Whether a case can pass on the device. An index out of range is found on a GPU by the kernel, which ends the
 * process's use of the GPU: so does PyTorch's.
 */
export const runsHere = ({ n, e }: GoldenCase): boolean =>
  device === 'cpu' || !((e && n.includes('out of range')) || notOnGpu.some((name) => n.startsWith(name)));

function build(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(build);
  if (!isGolden(value)) return value;
  const { $: dtype, s: shape, d: data } = value;
  let made: Tensor;
  if (dtype === 'int64')
    made = fromArray(
      BigInt64Array.from(data, (v) => BigInt(v)),
      shape,
      { device },
    );
  else {
    const wide = fromArray(Float64Array.from(data, toNumber), shape, { device });
    made = wide.to(dtype, false, true);
  }
  for (const [op, ...args] of value.v ?? []) made = call(op, [made, ...args]) as Tensor;
  return made;
}

function numbersOf(t: Tensor): (number | bigint)[] {
  const plain = t.dtype === 'float16' || t.dtype === 'bfloat16' ? t.to('float32') : t;
  return [...(plain.toArray() as Iterable<number | bigint>)];
}

function difference(actual: unknown, expected: unknown, where: string): string | undefined {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      return `${where}: not ${expected.length} values`;
    for (let i = 0; i < expected.length; i++) {
      const found = difference(actual[i], expected[i], `${where}[${i}]`);
      if (found) return found;
    }
    return undefined;
  }
  if (!isGolden(expected))
    return actual === expected ? undefined : `${where}: ${actual}, expected ${expected}`;
  if (!(actual instanceof Tensor)) return `${where}: no tensor`;
  const shape = `${expected.$}[${expected.s.join(',')}]`;
  if (`${actual.dtype}[${actual.shape.join(',')}]` !== shape) return `${where}: ${actual}, expected ${shape}`;
  if (expected.st && String(actual.strides) !== String(expected.st))
    return `${where}: strides ${actual.strides}, expected ${expected.st}`;
  const tolerance = tolerances[expected.$];
  for (const [i, value] of numbersOf(actual).entries()) {
    const wanted = expected.d[i]!;
    if (tolerance === undefined) {
      if (BigInt(value) !== BigInt(wanted)) return `${where}: element ${i} is ${value}, expected ${wanted}`;
      continue;
    }
    const other = toNumber(wanted);
    if (Object.is(value, other) || value === other) continue;
    if (!(Math.abs(Number(value) - other) <= tolerance * Math.max(1, Math.abs(other))))
      return `${where}: element ${i} is ${value}, expected ${wanted}`;
  }
  return undefined;
}

/** What is wrong with an operator by this case, or undefined. */
export function failureOf(one: GoldenCase): string | undefined {
  using _ = scope();
  const args = one.a.map(build);
  const keywords =
    one.k && Object.fromEntries(Object.entries(one.k).map(([name, value]) => [name, build(value)]));
  const given = keywords ? [...args, keywords] : args;
  if (one.e) {
    try {
      call(one.op, given);
    } catch (error) {
      return error instanceof TorchError ? undefined : `threw ${error}`;
    }
    return 'was not refused';
  }
  const result = call(one.op, given);
  if (one.op.endsWith('_') && one.op.at(-2) !== '_' && result instanceof Tensor && result !== args[0])
    return 'gives back another object than it was given';
  if (keywords?.out instanceof Tensor && result !== keywords.out) return 'gives back another object than out';
  if (one.r !== null && one.r !== undefined) {
    const wrong = difference(result, one.r, 'result');
    if (wrong) return wrong;
  }
  return one.m === undefined ? undefined : difference(args[0], one.m, 'first argument');
}
