import { FairQueue } from './fair-queue.ts';

export interface BatcherOptions {
  /** Most items of one batch (16). */
  maxBatch?: number;
  /** How long the first item of a batch waits for others while nothing is running, in ms (3). */
  maxWaitMs?: number;
  /** Told the size of each batch. */
  onBatch?(size: number): void;
}

/** Whose an item is, and whether it is still wanted. */
export interface Submission {
  owner?: string;
  signal?: AbortSignal;
  /** Told when its batch begins. */
  onBegin?: () => void;
}

interface Waiting<Item, Result> {
  item: Item;
  begin(): void;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Joins items that come one by one into batches, whoever they come from; owners take turns.
 *
 * One batch is in work at a time. While it is, the next one gathers; while nothing is, the first item waits a moment for
 * others. A batch that fails fails each of its items.
 */
export class Batcher<Item, Result> {
  readonly #run: (items: Item[]) => Promise<Result[]>;
  readonly #maxBatch: number;
  readonly #maxWaitMs: number;
  readonly #onBatch: (size: number) => void;
  readonly #queue = new FairQueue<Waiting<Item, Result>>();
  #isRunning = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(run: (items: Item[]) => Promise<Result[]>, options: BatcherOptions = {}) {
    this.#run = run;
    this.#maxBatch = options.maxBatch ?? 16;
    this.#maxWaitMs = options.maxWaitMs ?? 3;
    this.#onBatch = options.onBatch ?? (() => {});
  }

  /** Rejects with the signal's reason where it aborts before the item is in a batch. */
  submit(item: Item, { owner = '', signal, onBegin = () => {} }: Submission = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const waiting: Waiting<Item, Result> = { item, begin: onBegin, resolve, reject };
      const leave = (): void => {
        if (this.#queue.remove(owner, waiting)) reject(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#queue.push(owner, waiting);
      if (this.#isRunning) return;
      if (this.#queue.size >= this.#maxBatch) void this.#flush();
      else this.#timer ??= setTimeout(() => void this.#flush(), this.#maxWaitMs);
    });
  }

  async #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isRunning = true;
    while (this.#queue.size > 0) {
      const batch = this.#nextBatch();
      this.#onBatch(batch.length);
      for (const { begin } of batch) begin();
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

  #nextBatch(): Waiting<Item, Result>[] {
    const size = Math.min(this.#queue.size, this.#maxBatch);
    return Array.from({ length: size }, () => this.#queue.shift()!);
  }
}
