import { mapAhead } from '@semblance/core/async';
import { permutation, Random } from '@semblance/core/random';
import { TorchError } from '../error.ts';
import type { Scope } from '../scope.ts';
import type { AnyDataset, BatchOf } from './dataset.ts';
import { BatchReader } from './load.ts';
import { mapTensors } from './parts.ts';
import { type DatasetIn, type DatasetModule, openWorkers } from './workers.ts';

export interface DataLoaderOptions {
  /** Samples in a batch (default 1, as in PyTorch). */
  batchSize?: number;
  /** Whether each epoch has an order of its own, drawn from `seed` and the epoch's number. */
  shuffle?: boolean;
  seed?: number;
  /** Leaves out the last batch where it is smaller than the others. */
  dropLast?: boolean;
}

export interface WorkerOptions<Data> extends DataLoaderOptions {
  /** What the module's default export is called with; it is copied to each thread. */
  data: Data;
  /** Threads that load (default 1). */
  numWorkers?: number;
}

/** @internal Where batches come from. */
export interface BatchSource<Batch> {
  readonly length: number;
  /** Batches that are worth asking for at a time beyond the one in use. */
  readonly ahead: number;
  load(indices: Uint32Array, epoch: number): Promise<Batch>;
  close(): Promise<void>;
}

const keepAll = <Batch>(batch: Batch, scope: Scope): Batch =>
  mapTensors(batch, (tensor) => scope.keep(tensor)) as Batch;

function inThisThread<D extends AnyDataset>(dataset: D): BatchSource<BatchOf<D>> {
  const reader = new BatchReader(dataset);
  return {
    length: dataset.length,
    ahead: 0,
    load: (indices, epoch) => reader.read(indices, epoch, keepAll),
    close: async () => {},
  };
}

/**
 * Goes through a dataset in batches: `for await (const [images, labels] of loader)`. Each pass is an epoch.
 *
 * The tensors of a batch belong to no scope: dispose of them at the end of a step, or leave them to the garbage collector.
 *
 * @example
 * ```ts
 * import { randn } from '@semblance/torch';
 * import { DataLoader, TensorDataset } from '@semblance/torch/data';
 *
 * const dataset = new TensorDataset(randn([100, 3]), randn([100]));
 * const loader = new DataLoader(dataset, { batchSize: 64, shuffle: true });
 * for (let epoch = 0; epoch < 2; epoch++)
 *   for await (const [inputs, targets] of loader) console.log(inputs.shape, targets.shape); // [ 64, 3 ] [ 64 ]
 * ```
 */
export class DataLoader<D extends AnyDataset> implements AsyncIterable<BatchOf<D>> {
  readonly batchSize: number;
  /** The number of the next pass; set it where a run is resumed. */
  epoch = 0;
  readonly #source: BatchSource<BatchOf<D>>;
  readonly #options: DataLoaderOptions;

  /**
   * Loads in this thread.
   *
   * @throws TorchError TORCH_BAD_ARGUMENT for a batch size that is no positive whole number
   */
  constructor(dataset: D | BatchSource<BatchOf<D>>, options: DataLoaderOptions = {}) {
    const { batchSize = 1 } = options;
    if (!Number.isSafeInteger(batchSize) || batchSize < 1)
      throw new TorchError(
        'TORCH_BAD_ARGUMENT',
        `Expected a batchSize of 1 or more but received ${batchSize}`,
      );
    if ('numWorkers' in options && !('ahead' in dataset))
      throw new TorchError(
        'TORCH_BAD_ARGUMENT',
        'numWorkers: threads share no objects, so the dataset must be a module of its own: DataLoader.inWorkers(url, …)',
      );
    this.batchSize = batchSize;
    this.#options = options;
    this.#source = 'ahead' in dataset ? dataset : inThisThread(dataset);
  }

  /**
   * Loads in threads of their own, while the program trains.
   *
   * Threads share no objects, so the dataset comes from a module, whose default export makes it:
   * `export default (data: Data) => new MyDataset(data)`. The order of batches is that of one thread.
   *
   * @param module the module's place: `new URL('./my-dataset.ts', import.meta.url)`
   * @throws TorchError DATASET_FAILED where the module cannot be loaded, or its default export throws
   * @example
   * Not run here: the dataset's module, `digits.ts`, is a file of its own.
   *
   * ```ts
   * import type { Tensor } from '@semblance/torch';
   * import { DataLoader, type Dataset } from '@semblance/torch/data';
   *
   * // or typeof import('./digits.ts')
   * type Digits = { default(data: { count: number }): Dataset<[Tensor, bigint]> };
   * const options = { data: { count: 1000 }, numWorkers: 2, batchSize: 64, shuffle: true };
   * await using loader = await DataLoader.inWorkers<Digits>(new URL('./digits.ts', import.meta.url), options);
   * ```
   */
  static async inWorkers<Module extends DatasetModule>(
    module: URL,
    options: WorkerOptions<Parameters<Module['default']>[0]>,
  ): Promise<DataLoader<DatasetIn<Module>>> {
    const { data, numWorkers = 1 } = options;
    if (!Number.isSafeInteger(numWorkers) || numWorkers < 1)
      throw new TorchError(
        'TORCH_BAD_ARGUMENT',
        `Expected numWorkers of 1 or more but received ${numWorkers}`,
      );
    const source = await openWorkers<BatchOf<DatasetIn<Module>>>(module, data, numWorkers);
    return new DataLoader<DatasetIn<Module>>(source, options);
  }

  /** Samples of the dataset. */
  get numSamples(): number {
    return this.#source.length;
  }

  /** Batches of a pass. */
  get length(): number {
    const batches = this.numSamples / this.batchSize;
    return this.#options.dropLast ? Math.floor(batches) : Math.ceil(batches);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<BatchOf<D>, void, void> {
    const epoch = this.epoch++;
    const source = this.#source;
    yield* mapAhead(this.#batches(epoch), (indices) => source.load(indices, epoch), source.ahead);
  }

  /** Ends the threads, if there are any. */
  close(): Promise<void> {
    return this.#source.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  *#batches(epoch: number): Generator<Uint32Array, void, void> {
    const { shuffle = false, seed = 0 } = this.#options;
    const order = shuffle
      ? permutation(this.numSamples, Random.of(seed, epoch))
      : Uint32Array.from({ length: this.numSamples }, (_, i) => i);
    for (let i = 0; i < this.length; i++) yield order.slice(i * this.batchSize, (i + 1) * this.batchSize);
  }
}
