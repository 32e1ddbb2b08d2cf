import { TorchError } from '../error.ts';
import { type Scope, scope, unscoped } from '../scope.ts';
import { collate } from './collate.ts';
import type { Dataset } from './dataset.ts';

/**
 * Loads batches of a dataset in this thread.
 *
 * Where `get` is synchronous, what it makes on the way dies with the batch's scope; tensors of an asynchronous one are
 * left to the garbage collector, since scopes are for synchronous code.
 */
export class BatchReader<Sample, Batch> {
  readonly #dataset: Dataset<Sample, Batch>;
  #isAsync = false;

  constructor(dataset: Dataset<Sample, Batch>) {
    this.#dataset = dataset;
  }

  get length(): number {
    return this.#dataset.length;
  }

  /**
   * @param finish makes of a batch what is to outlive the scope that it came from
   * @throws TorchError DATASET_FAILED naming the sample, with what was thrown as its cause; what `collate` throws
   */
  async read<Result>(
    indices: ArrayLike<number>,
    epoch: number,
    finish: (batch: Batch, scope: Scope) => Result,
  ): Promise<Result> {
    const list = Array.from(indices);
    if (!this.#isAsync) {
      const done = unscoped(() => {
        using s = scope();
        const samples = list.map((index) => this.#get(index, epoch));
        if (samples.some((sample) => sample instanceof Promise)) {
          for (const sample of samples) if (sample instanceof Promise) sample.catch(() => {});
          return null;
        }
        return { result: finish(this.#join(samples as Sample[]), s) };
      });
      if (done) return done.result;
      // These samples may hold tensors that have just died: from now on all is loaded without a scope.
      this.#isAsync = true;
    }
    const samples = await Promise.all(list.map((index) => this.#await(index, epoch)));
    return unscoped(() => {
      using s = scope();
      return finish(this.#join(samples), s);
    });
  }

  #get(index: number, epoch: number): Sample | Promise<Sample> {
    try {
      return this.#dataset.get(index, epoch);
    } catch (cause) {
      throw failure(index, cause);
    }
  }

  async #await(index: number, epoch: number): Promise<Sample> {
    try {
      return await this.#dataset.get(index, epoch);
    } catch (cause) {
      throw failure(index, cause);
    }
  }

  #join(samples: Sample[]): Batch {
    return this.#dataset.collate ? this.#dataset.collate(samples) : (collate(samples) as Batch);
  }
}

const failure = (index: number, cause: unknown) =>
  new TorchError(
    'DATASET_FAILED',
    `sample ${index} cannot be loaded: ${cause instanceof Error ? cause.message : cause}`,
    { cause },
  );
