import { markAsUntransferable } from 'node:worker_threads';
import type { DType, TypedArray } from './dtype.ts';
import { guarded, TorchError } from './error.ts';
import { native } from './native.ts';
import { Tensor } from './tensor.ts';
import {
  boolBytes,
  dtypeOf,
  flattenData,
  isBoolBytes,
  isTypedArray,
  knownDtype,
  packValues,
  type TensorData,
} from './tensor-data.ts';

export type { TensorData } from './tensor-data.ts';

export interface TensorOptions {
  dtype?: DType;
  device?: string;
  requiresGrad?: boolean;
}

/** @internal Marks a new tensor as one that gets gradients, where that was asked for. */
export function finish(tensor: Tensor, options: TensorOptions): Tensor {
  if (options.requiresGrad) tensor.requiresGrad = true;
  return tensor;
}

/** The tensor in another dtype or place; the given one ends where it is not the result. */
function moved(made: Tensor, { dtype = made.dtype, device = 'cpu' }: TensorOptions): Tensor {
  if (dtype === made.dtype && device === 'cpu') return made;
  const result = made.to(device, dtype);
  made.dispose();
  return result;
}

/**
 * A tensor with a copy of a typed array's elements; its dtype follows the array unless `dtype` names another of
 * the same width (a Uint8Array as 'bool', where every byte but 0 is true; a Uint16Array as 'float16' or 'bfloat16').
 *
 * @throws TorchError TORCH_SHAPE_MISMATCH where the sizes do not multiply to the array's length
 * @example
 * ```ts
 * import { fromArray } from '@semblance/torch';
 *
 * const x = fromArray(new Float32Array([1, 2, 3, 4, 5, 6]), [2, 3]);
 * console.log(x.sum(1).toArray()); // Float32Array(2) [ 6, 15 ]
 * ```
 */
export function fromArray(
  data: TypedArray,
  shape: readonly number[] = [data.length],
  options: TensorOptions = {},
): Tensor {
  const dtype = options.dtype ?? dtypeOf(data);
  const bytes = dtype === 'bool' ? boolBytes(data) : data;
  const made = Tensor.wrap(guarded(() => native.fromBytes(bytes, shape, dtype)));
  return finish(moved(made, { ...options, dtype }), options);
}

/**
 * A tensor over a typed array's own memory: what one writes the other reads, and nothing is copied.
 *
 * The memory lives until both are done with it. Meanwhile the array's buffer cannot be sent away by postMessage;
 * `buffer.transfer()` is refused. A growing or shrinking buffer cannot be shared.
 *
 * @throws TorchError TORCH_SHAPE_MISMATCH, TORCH_BAD_ARGUMENT; the latter for bools of other bytes than 0 and 1 too
 * @example
 * ```ts
 * import { shareArray } from '@semblance/torch';
 *
 * const pixels = new Float32Array(4);
 * const x = shareArray(pixels, [2, 2]);
 * x.add_(1);
 * console.log(pixels); // Float32Array(4) [ 1, 1, 1, 1 ]
 * ```
 */
export function shareArray(
  data: TypedArray,
  shape: readonly number[] = [data.length],
  options: { dtype?: DType } = {},
): Tensor {
  const dtype = options.dtype ?? dtypeOf(data);
  const { buffer } = data;
  if ('resizable' in buffer && buffer.resizable)
    throw new TorchError('TORCH_BAD_ARGUMENT', 'Expected a buffer of fixed size');
  if (dtype === 'bool' && !isBoolBytes(data))
    throw new TorchError(
      'TORCH_BAD_ARGUMENT',
      'Expected bytes of 0 and 1 for bool: fromArray() makes a copy with such',
    );
  const made = guarded(() => native.shareBytes(data, shape, dtype));
  if (buffer instanceof ArrayBuffer) {
    markAsUntransferable(buffer);
    for (const name of ['transfer', 'transferToFixedLength'])
      Object.defineProperty(buffer, name, {
        value: () => {
          throw new TorchError('TORCH_BAD_ARGUMENT', 'this buffer is the memory of a tensor');
        },
        configurable: true,
      });
  }
  return Tensor.wrap(made);
}

/**
 * A tensor with a copy of `data`: a number, a boolean, a bigint, nested lists of them, typed arrays, or another tensor.
 *
 * The dtype is `dtype`, else what the data has: a typed array's own, bool for booleans, int64 for bigints, float32 for
 * numbers. Fractions are cut off where the dtype is an integer one.
 *
 * @throws TorchError TORCH_SHAPE_MISMATCH for lists of unequal lengths; TORCH_BAD_ARGUMENT for anything else than
 *   numbers, for values that the dtype cannot hold, and for numbers beyond ±2^53 as int64, which want bigints
 * @example
 * ```ts
 * import { tensor } from '@semblance/torch';
 *
 * console.log(tensor([[1, 2], [3, 4]]).shape, tensor([3n, 1n]).dtype); // [ 2, 2 ] int64
 * const x = tensor(0.5, { requiresGrad: true });
 * x.mul(x).backward();
 * console.log(x.grad?.item()); // 1
 * ```
 */
export function tensor(data: TensorData | Tensor, options: TensorOptions = {}): Tensor {
  if (data instanceof Tensor) {
    const { dtype = data.dtype, device = data.device } = options;
    return finish(data.detach().to(device, dtype, false, true), options);
  }
  if (isTypedArray(data) && knownDtype(data)) return finish(moved(fromArray(data), options), options);
  const { values, shape, dtype } = flattenData(data, options.dtype);
  const packed = packValues(values, dtype);
  const made = fromArray(packed.array, shape, { dtype: packed.dtype });
  return finish(moved(made, { ...options, dtype }), options);
}
