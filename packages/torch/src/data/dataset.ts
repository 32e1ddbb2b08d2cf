import { permutation, Random } from '@semblance/core/random';
import { TorchError } from '../error.ts';
import type { Tensor } from '../tensor.ts';
import type { Collated } from './collate.ts';

/**
 * Samples by their number, as a class or a plain object has them.
 *
 * A sample is whatever a training step needs of one example: tensors, typed arrays, numbers, texts, in tuples or
 * objects. {@link DataLoader} joins them to batches.
 *
 * @example
 * ```ts
 * import { type Tensor, tensor } from '@semblance/torch';
 * import type { Dataset } from '@semblance/torch/data';
 *
 * class Squares implements Dataset<[Tensor, number]> {
 *   length = 100;
 *   get(i: number): [Tensor, number] {
 *     return [tensor([i]), i * i];
 *   }
 * }
 * console.log(new Squares().get(3)[1]); // 9
 * ```
 */
export interface Dataset<Sample, Batch = Collated<Sample>> {
  readonly length: number;
  /**
   * One sample, or a promise of it.
   *
   * @param epoch how often the loader has gone through all before: for augmentation that differs from epoch to epoch,
   *   and is the same in a resumed run and in any thread (`Random.of(seed, epoch, index)`)
   */
  get(index: number, epoch: number): Sample | Promise<Sample>;
  /** Joins samples in a way of its own; `collate` does it where this is left out. */
  collate?(samples: Sample[]): Batch;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever its samples and batches are
export type AnyDataset = Dataset<any, any>;

/** The batches that a loader makes of a dataset: what its `collate` gives, or {@link Collated} samples. */
export type BatchOf<D extends AnyDataset> = 'collate' extends keyof D
  ? ReturnType<NonNullable<D['collate']>>
  : Collated<Awaited<ReturnType<D['get']>>>;

/** Rows of tensors that lie in memory: sample i is row i of each, [N, …] → […]. */
export class TensorDataset<const Tensors extends readonly Tensor[]>
  implements Dataset<{ -readonly [K in keyof Tensors]: Tensor }>
{
  readonly length: number;
  readonly #tensors: Tensors;

  /** @throws TorchError TORCH_SHAPE_MISMATCH for tensors of different numbers of rows */
  constructor(...tensors: Tensors) {
    const sizes = tensors.map(({ shape }) => shape[0] ?? 0);
    if (sizes.length === 0 || sizes.some((size) => size !== sizes[0]))
      throw new TorchError(
        'TORCH_SHAPE_MISMATCH',
        `Expected tensors of as many rows each but received [${sizes.join(', ')}]`,
      );
    this.length = sizes[0]!;
    this.#tensors = tensors;
  }

  get(index: number): { -readonly [K in keyof Tensors]: Tensor } {
    return this.#tensors.map((tensor) => tensor.select(0, index)) as {
      -readonly [K in keyof Tensors]: Tensor;
    };
  }
}

/** Some samples of another dataset: sample i is that of `indices[i]`. */
export class Subset<Sample, Batch = Collated<Sample>> implements Dataset<Sample, Batch> {
  readonly dataset: Dataset<Sample, Batch>;
  readonly indices: ArrayLike<number>;
  readonly collate?: (samples: Sample[]) => Batch;

  constructor(dataset: Dataset<Sample, Batch>, indices: ArrayLike<number>) {
    this.dataset = dataset;
    this.indices = indices;
    if (dataset.collate) this.collate = (samples) => dataset.collate!(samples);
  }

  get length(): number {
    return this.indices.length;
  }

  get(index: number, epoch: number): Sample | Promise<Sample> {
    return this.dataset.get(this.indices[index]!, epoch);
  }
}

/**
 * Parts of a dataset that have no sample in common, drawn by chance.
 *
 * @param parts sizes that sum up to the dataset's, or shares that sum up to 1
 * @throws TorchError TORCH_BAD_ARGUMENT where they do neither
 */
export function randomSplit<Sample, Batch = Collated<Sample>>(
  dataset: Dataset<Sample, Batch>,
  parts: readonly number[],
  seed = 0,
): Subset<Sample, Batch>[] {
  const { length } = dataset;
  const total = parts.reduce((sum, part) => sum + part, 0);
  const isShares = Math.abs(total - 1) < 1e-9 && length !== 1;
  if (!isShares && total !== length)
    throw new TorchError(
      'TORCH_BAD_ARGUMENT',
      `Expected sizes that sum up to ${length}, or shares that sum up to 1, but received [${parts.join(', ')}]`,
    );
  const order = permutation(length, Random.of(seed));
  let at = 0;
  let sum = 0;
  return parts.map((part) => {
    sum += part;
    const end = isShares ? Math.round(sum * length) : at + part;
    const subset = new Subset(dataset, order.subarray(at, end));
    at = end;
    return subset;
  });
}
