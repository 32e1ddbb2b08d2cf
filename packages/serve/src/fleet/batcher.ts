import { FairQueue } from './fair-queue.ts';
import { Owners } from './owners.ts';

export interface BatcherOptions {
  /** Most items of one batch (16). */
  maxBatch?: number;
  /** How long the first item of a batch waits for others while nothing is running, in ms (3). */
  maxWaitMs?: number;
  /** Told the size of each batch. */
  onBatch?(size: number): void;
}

/** While there are several owners, a batch takes about so long at most: nobody waits longer for those of another. */
const SLICE_MS = 15;
/** Share of the latest batch in what an item is thought to take. */
const LATEST = 0.2;

/** Whose an item is, and whether it is still wanted. */
export interface Submission {
  owner?: string;
  signal?: AbortSignal;
  /** Told when its batch begins. */
  onBegin?: () => void;
}

interface Waiting<Item, Result> {
  item: Item;
  owner: string;
  begin(): void;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Joins items that come one by one into batches, whoever they come from; owners take turns.
 *
 * One batch is in work at a time. While it is, the next one gathers; while nothing is, the first item waits a moment for
 * others. A batch that fails fails each of its items. While there are several owners, batches are short ones.
 */
export class Batcher<Item, Result> {
  readonly #run: (items: Item[]) => Promise<Result[]>;
  readonly #maxBatch: number;
  readonly #maxWaitMs: number;
  readonly #onBatch: (size: number) => void;
  readonly #queue = new FairQueue<Waiting<Item, Result>>();
  readonly #owners = new Owners();
  /** What an item takes, ms; unknown at first. */
  #itemMs: number | null = null;
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
      const waiting: Waiting<Item, Result> = { item, owner, begin: onBegin, resolve, reject };
      const leave = (): void => {
        if (this.#queue.remove(owner, waiting)) reject(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#owners.noteAsked(owner);
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
      const startMs = performance.now();
      try {
        const results = await this.#run(batch.map(({ item }) => item));
        const itemMs = (performance.now() - startMs) / batch.length;
        this.#itemMs = (1 - LATEST) * (this.#itemMs ?? itemMs) + LATEST * itemMs;
        batch.forEach(({ owner, resolve }, i) => {
          this.#owners.noteWork(owner, itemMs);
          resolve(results[i]!);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isRunning = false;
  }

  /** Those of owners with little work come first, and in a batch of their own. */
  #nextBatch(): Waiting<Item, Result>[] {
    const short = Math.max(1, Math.floor(SLICE_MS / (this.#itemMs ?? SLICE_MS)));
    const most = this.#owners.areSeveral ? Math.min(short, this.#maxBatch) : this.#maxBatch;
    const light = this.#take(most, (owner) => !this.#owners.isHeavy(owner));
    return light.length > 0 ? light : this.#take(most, () => true);
  }

  #take(most: number, mayHave: (owner: string) => boolean): Waiting<Item, Result>[] {
    const taken: Waiting<Item, Result>[] = [];
    while (taken.length < most) {
      const next = this.#queue.shift(mayHave);
      if (!next) break;
      taken.push(next);
    }
    return taken;
  }
}
