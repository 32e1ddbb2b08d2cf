import { callOp, findOp } from './dispatch.ts';
import { TorchError } from './error.ts';
import { finish, type TensorOptions } from './from-data.ts';
import type { Generator } from './generator.ts';
import type { Tensor } from './tensor.ts';
import { toInt64 } from './tensor-data.ts';

/** Makes a tensor of given sizes: as a list, or one after another, as in `zeros(2, 3, { dtype: 'int64' })`. */
export interface Factory<Options = TensorOptions> {
  (shape: readonly number[], options?: Options): Tensor;
  (...sizes: number[]): Tensor;
  (...sizesAndOptions: [...number[], Options]): Tensor;
}

export interface RandomOptions extends TensorOptions {
  /** The stream to draw from; the default one unless told. */
  generator?: Generator;
}

/** Sizes and options of a call in either form. */
function sizesOf<O extends object>(args: readonly unknown[]): { size: readonly number[]; options: O } {
  const last = args.at(-1);
  const hasOptions = typeof last === 'object' && last !== null && !Array.isArray(last);
  const sizes = hasOptions ? args.slice(0, -1) : args.filter((arg) => arg !== undefined);
  return {
    size: (Array.isArray(sizes[0]) ? sizes[0] : sizes) as number[],
    options: (hasOptions ? last : {}) as O,
  };
}

function factory(name: string): Factory<RandomOptions> {
  return (...args: unknown[]) => {
    const { size, options } = sizesOf<RandomOptions>(args);
    const op = findOp(options.generator ? `aten::${name}.generator` : `aten::${name}`);
    const given: Record<string, unknown> = { dtype: 'float32', ...options, size };
    return finish(
      callOp(
        op,
        op.args.map((arg) => given[arg.name]),
      ) as Tensor,
      options,
    );
  };
}

/**
 * Zeros, float32 unless told.
 *
 * @param shape sizes by dimension
 * @example
 * ```ts
 * import { zeros } from '@semblance/torch';
 *
 * console.log(zeros([2, 2], { dtype: 'int64' }).toArray()); // BigInt64Array(4) [ 0n, 0n, 0n, 0n ]
 * ```
 */
export const zeros: Factory = factory('zeros');
/**
 * Ones, float32 unless told.
 *
 * @param shape sizes by dimension
 * @example
 * ```ts
 * import { ones } from '@semblance/torch';
 *
 * console.log(ones([3]).toArray()); // Float32Array(3) [ 1, 1, 1 ]
 * ```
 */
export const ones: Factory = factory('ones');
/**
 * Values drawn from N(0, 1), float32 unless told; the same after the same seed.
 *
 * @param shape sizes by dimension
 * @example
 * ```ts
 * import { manualSeed, randn } from '@semblance/torch';
 *
 * manualSeed(1);
 * const a = randn([3]);
 * manualSeed(1);
 * console.log(a.equal(randn([3]))); // true
 * ```
 */
export const randn: Factory<RandomOptions> = factory('randn');
/**
 * Values drawn from [0, 1), float32 unless told.
 *
 * @param shape sizes by dimension
 * @example
 * ```ts
 * import { Generator, rand } from '@semblance/torch';
 *
 * const x = rand([100], { generator: new Generator(1) });
 * console.log(x.min().item() >= 0, x.max().item() < 1); // true true
 * ```
 */
export const rand: Factory<RandomOptions> = factory('rand');
/**
 * A tensor of whatever the memory held, float32 unless told: to be written before it is read.
 *
 * @param shape sizes by dimension
 * @example
 * ```ts
 * import { empty } from '@semblance/torch';
 *
 * console.log(empty([2]).fill_(7).toArray()); // Float32Array(2) [ 7, 7 ]
 * ```
 */
export const empty: Factory = factory('empty.memory_format');

/** Runs a creating operator: arguments first, then the options that all such operators end with. */
function create(name: string, args: unknown[], dtype: string, options: TensorOptions): Tensor {
  const all = [...args, options.dtype ?? dtype, undefined, options.device];
  return finish(callOp(findOp(`aten::${name}`), all) as Tensor, options);
}

/**
 * A tensor of one value; float32, for a boolean bool, for a bigint int64, unless told.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT for a number beyond ±2^53 as int64, which wants a bigint
 * @example
 * ```ts
 * import { full } from '@semblance/torch';
 *
 * console.log(full([2], 0.5).dtype, full([2], 3n).dtype, full([2], true).dtype); // float32 int64 bool
 * ```
 */
export function full(
  shape: readonly number[],
  value: number | bigint | boolean,
  options: TensorOptions = {},
): Tensor {
  const own = typeof value === 'boolean' ? 'bool' : typeof value === 'bigint' ? 'int64' : 'float32';
  const fill = (options.dtype ?? own) === 'int64' ? toInt64(value) : value;
  return create('full', [shape, fill], own, options);
}

/**
 * start, start + step, … below `end`; int64, or float32 where one of the three has a fraction, unless told.
 * `arange(n)` counts from 0.
 *
 * @example
 * ```ts
 * import { arange } from '@semblance/torch';
 *
 * console.log(arange(3).toArray()); // BigInt64Array(3) [ 0n, 1n, 2n ]
 * console.log(arange(0, 1, 0.25).toArray()); // Float32Array(4) [ 0, 0.25, 0.5, 0.75 ]
 * ```
 */
export function arange(end: number, options?: TensorOptions): Tensor;
export function arange(start: number, end?: number, options?: TensorOptions): Tensor;
export function arange(start: number, end?: number, step?: number, options?: TensorOptions): Tensor;
export function arange(...args: (number | TensorOptions | undefined)[]): Tensor {
  const numbers = args.filter((arg) => typeof arg === 'number');
  const options = args.find((arg) => typeof arg === 'object') ?? {};
  const [start, end, step = 1] =
    numbers.length === 1 ? [0, numbers[0]!] : (numbers as [number, number, number?]);
  if (numbers.length === 0) throw new TorchError('TORCH_BAD_ARGUMENT', 'arange(): Expected an end');
  const dtype = [start, end, step].every(Number.isInteger) ? 'int64' : 'float32';
  return create('arange.start_step', [start, end, step], dtype, options);
}

/**
 * `steps` values from `start` to `end`, both included, in equal distances.
 *
 * @example
 * ```ts
 * import { linspace } from '@semblance/torch';
 *
 * console.log(linspace(0, 1, 3).toArray()); // Float32Array(3) [ 0, 0.5, 1 ]
 * ```
 */
export function linspace(start: number, end: number, steps: number, options: TensorOptions = {}): Tensor {
  return create('linspace', [start, end, steps], 'float32', options);
}

/**
 * The identity matrix [n, n].
 *
 * @example
 * ```ts
 * import { eye } from '@semblance/torch';
 *
 * console.log(eye(2).toArray()); // Float32Array(4) [ 1, 0, 0, 1 ]
 * ```
 */
export function eye(n: number, options: TensorOptions = {}): Tensor {
  return create('eye', [n], 'float32', options);
}

/**
 * Whole numbers drawn from [low, high), int64 unless told; `randint(high, shape)` draws from 0.
 *
 * @example
 * ```ts
 * import { randint } from '@semblance/torch';
 *
 * const dice = randint(1, 7, [100]);
 * console.log(dice.min().item() >= 1, dice.max().item() <= 6); // true true
 * ```
 */
export function randint(high: number, shape: readonly number[], options?: RandomOptions): Tensor;
export function randint(low: number, high: number, shape: readonly number[], options?: RandomOptions): Tensor;
export function randint(...args: unknown[]): Tensor {
  const at = args.findIndex(Array.isArray);
  const bounds = args.slice(0, at);
  const [low, high] = bounds.length === 1 ? [0, bounds[0]] : bounds;
  const options = (args[at + 1] ?? {}) as RandomOptions;
  return create('randint.low_generator', [low, high, args[at], options.generator], 'int64', options);
}

/**
 * 0 … n − 1 in an order drawn by chance, int64 unless told.
 *
 * @example
 * ```ts
 * import { randperm } from '@semblance/torch';
 *
 * console.log(randperm(4).sum().item()); // 6
 * ```
 */
export function randperm(n: number, options: RandomOptions = {}): Tensor {
  return create('randperm.generator', [n, options.generator], 'int64', options);
}
