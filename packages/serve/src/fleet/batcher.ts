export interface BatcherOptions {
  /** Most items of one batch (16). */
  maxBatch?: number;
  /** How long the first item of a batch waits for others while nothing is running, in ms (3). */
  maxWaitMs?: number;
  /** Told the size of each batch. */
  onBatch?(size: number): void;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Joins items that come one by one into batches, whoever they come from.
 *
 * One batch is in work at a time. While it is, the next one gathers; while nothing is, the first item waits a moment for
 * others. A batch that fails fails each of its items.
 */
export class Batcher<Item, Result> {
  readonly #run: (items: Item[]) => Promise<Result[]>;
  readonly #maxBatch: number;
  readonly #maxWaitMs: number;
  readonly #onBatch: (size: number) => void;
  readonly #queue: Waiting<Item, Result>[] = [];
  #isRunning = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(run: (items: Item[]) => Promise<Result[]>, options: BatcherOptions = {}) {
    this.#run = run;
    this.#maxBatch = options.maxBatch ?? 16;
    this.#maxWaitMs = options.maxWaitMs ?? 3;
    this.#onBatch = options.onBatch ?? (() => {});
  }

  submit(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject });
      if (this.#isRunning) return;
      if (this.#queue.length >= this.#maxBatch) void this.#flush();
      else this.#timer ??= setTimeout(() => void this.#flush(), this.#maxWaitMs);
    });
  }

  async #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isRunning = true;
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, this.#maxBatch);
      this.#onBatch(batch.length);
      try {
        const results = await this.#run(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, i) => {
          resolve(results[i]!);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isRunning = false;
  }
}
