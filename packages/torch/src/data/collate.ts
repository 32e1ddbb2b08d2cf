import type { TypedArray } from '../dtype.ts';
import { TorchError } from '../error.ts';
import { tensor } from '../from-data.ts';
import { ops } from '../ops.ts';
import { Tensor } from '../tensor.ts';
import { isTypedArray, type TensorData } from '../tensor-data.ts';

/** What samples of a type become in a batch. */
export type Collated<Sample> = Sample extends Tensor | TypedArray | number | bigint | boolean
  ? Tensor
  : Sample extends string
    ? string[]
    : { -readonly [Key in keyof Sample]: Collated<Sample[Key]> };

/**
 * Joins samples to a batch, part by part: tensors and typed arrays are stacked to [N, …]; numbers become a float32
 * tensor [N], bigints int64 (as class labels must be), booleans bool; texts a list; tuples and objects are gone into.
 *
 * @throws TorchError TORCH_SHAPE_MISMATCH for tensors of different shapes; TORCH_BAD_ARGUMENT for other values
 */
export function collate<Sample>(samples: readonly Sample[]): Collated<Sample> {
  return join(samples, '') as Collated<Sample>;
}

function join(values: readonly unknown[], path: string): unknown {
  const [first] = values;
  if (first instanceof Tensor) return stack(values as Tensor[], path);
  if (isTypedArray(first))
    return stack(
      (values as TensorData[]).map((value) => tensor(value)),
      path,
    );
  if (typeof first === 'string') return [...values];
  if (typeof first === 'number' || typeof first === 'bigint' || typeof first === 'boolean')
    return tensor(values as TensorData);
  if (Array.isArray(first)) {
    for (const value of values)
      if ((value as unknown[]).length !== first.length)
        refuse('TORCH_SHAPE_MISMATCH', path, `lists of ${first.length} and ${(value as unknown[]).length}`);
    return first.map((_, i) =>
      join(
        (values as unknown[][]).map((value) => value[i]),
        `${path}[${i}]`,
      ),
    );
  }
  if (typeof first === 'object' && first !== null && Object.getPrototypeOf(first) === Object.prototype)
    return Object.fromEntries(
      Object.keys(first).map((key) => [
        key,
        join(
          (values as Record<string, unknown>[]).map((value) => value[key]),
          `${path}.${key}`,
        ),
      ]),
    );
  return refuse(
    'TORCH_BAD_ARGUMENT',
    path,
    `${first === null ? 'null' : (first?.constructor.name ?? typeof first)}, which is nothing to make a batch of`,
  );
}

function stack(tensors: Tensor[], path: string): Tensor {
  const [first] = tensors;
  const other = tensors.find((one) => String(one.shape) !== String(first!.shape));
  if (other)
    refuse(
      'TORCH_SHAPE_MISMATCH',
      path,
      `tensors of shapes [${first!.shape.join(', ')}] and [${other.shape.join(', ')}]: bring them to one size, or give the dataset a collate()`,
    );
  return ops.stack(tensors);
}

function refuse(code: 'TORCH_SHAPE_MISMATCH' | 'TORCH_BAD_ARGUMENT', path: string, what: string): never {
  throw new TorchError(
    code,
    `Expected samples that make a batch but received ${what}${path && ` (at ${path})`}`,
  );
}
