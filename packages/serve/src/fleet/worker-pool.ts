import type { PayloadOf, ValueOf } from '@semblance/core/channel';
import { asSemblanceError, isSemblanceError, SemblanceError } from '../error.ts';
import { chooseWorker } from './choose-worker.ts';
import { FairQueue } from './fair-queue.ts';
import { Owners } from './owners.ts';
import type { OnStage } from './stages.ts';
import type { UnitEvents } from './unit-events.ts';
import type { DataOf, MethodsOf, RoleName } from './workers/roles/index.ts';
import { type ServiceWorker, startWorker } from './workers/service-worker.ts';

export interface PoolOptions {
  size: number;
  /**
   * Calls of one owner that a worker has at a time: while one is in the network, the next is decoded. It has a place more
   * than that, so that another owner's next call never waits for those of one.
   */
  depth: number;
  /** The longest that a call may take once a worker has it, ms. */
  maxWorkMs: number;
  /** How far a worker stands behind others at the processor, by its rank: 0 to 19. */
  niceness?(rank: number): number;
  /** Told of a worker that is replaced. */
  onReplaced?: UnitEvents['onReplaced'];
}

/** Whose a call is, and whether it is still wanted. */
export interface Asker {
  owner?: string;
  signal?: AbortSignal;
  onStage?: OnStage | undefined;
}

/** Methods that are stages of an answer. */
const stageOf: Readonly<Record<string, 'detect' | 'infer'>> = { find: 'detect', infer: 'infer' };

interface Task {
  start(): void;
}

/** How long a worker that was lost at its start waits before the next try. */
const RESTART_MS = 1000;
/** How long a worker has to end by itself. */
const CLOSE_MS = 5000;

interface RankedWorker<R extends RoleName> {
  worker: ServiceWorker<R>;
  /** 0 for the first, which is left to owners with little work while there are several. */
  rank: number;
}

/**
 * Workers of one role behind one queue, in which owners take turns; while there are several owners, none has all workers,
 * so that the next call of another is begun at once, whatever those of one take, and the one with most of the work has
 * those that stand behind the others at the processor. One that is lost is replaced, and its calls are begun
 * once more: those that lose a second one fail. One that takes too long for a call is replaced, too.
 */
export class WorkerPool<R extends RoleName> {
  readonly #role: R;
  readonly #data: DataOf<R>;
  readonly #options: PoolOptions;
  readonly #workers: RankedWorker<R>[] = [];
  readonly #queue = new FairQueue<Task>();
  /** Calls that workers have, each with whose it is. */
  readonly #begun = new Set<{ worker: ServiceWorker<R>; owner: string }>();
  readonly #owners = new Owners();
  /** Workers that were ended because of a call that took too long. */
  readonly #stopped = new WeakSet<ServiceWorker<R>>();
  readonly #ending = new AbortController();
  /** Why the last try to replace a worker failed. */
  #refusal: SemblanceError | null = null;

  private constructor(role: R, data: DataOf<R>, options: PoolOptions) {
    this.#role = role;
    this.#data = data;
    this.#options = options;
  }

  /** @param signal gives the start up, whatever a worker that loads waits for */
  static async start<R extends RoleName>(
    role: R,
    data: DataOf<R>,
    options: PoolOptions,
    signal?: AbortSignal,
  ): Promise<WorkerPool<R>> {
    const pool = new WorkerPool(role, data, options);
    const stop = () => pool.#ending.abort(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      signal?.throwIfAborted();
      // one after the other: a model that cannot be loaded is found by the first
      for (let rank = 0; rank < options.size; rank++) await pool.#addWorker(rank);
    } catch (error) {
      await pool.close();
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
    return pool;
  }

  get #isClosed(): boolean {
    return this.#ending.signal.aborted;
  }

  /** Calls that wait for a worker. */
  get numQueued(): number {
    return this.#queue.size;
  }

  /** Workers that can be called now; fewer than there should be while one is replaced. */
  get numWorkers(): number {
    return this.#workers.length;
  }

  /** Workers that are lost and not replaced yet. */
  get numMissing(): number {
    return this.#options.size - this.#workers.length;
  }

  /** Why a worker that is missing is not replaced; null where none is missing, or nothing is known yet. */
  get refusal(): SemblanceError | null {
    return this.numMissing > 0 ? this.#refusal : null;
  }

  /** @throws SemblanceError what the method throws; WORKER_LOST; REQUEST_TOO_COSTLY where it takes too long */
  call<M extends keyof MethodsOf<R> & string>(
    method: M,
    payload: PayloadOf<MethodsOf<R>, M>,
    { owner = '', signal, onStage }: Asker = {},
  ): Promise<ValueOf<MethodsOf<R>, M>> {
    return new Promise((resolve, reject) => {
      let isTooLong = false;
      let isSecond = false;
      let queuedMs = performance.now();
      const stage = stageOf[method];
      const task: Task = {
        start: () => {
          const worker = this.#free(owner)!;
          const begun = { worker, owner };
          const beganMs = performance.now();
          if (stage) onStage?.(`${stage}_wait`, queuedMs, beganMs);
          this.#begun.add(begun);
          const timer = setTimeout(() => {
            isTooLong = true;
            reject(tooCostly(this.#options.maxWorkMs));
            this.#stop(worker);
          }, this.#options.maxWorkMs);
          const end = (): void => {
            clearTimeout(timer);
            this.#begun.delete(begun);
            this.#owners.noteWork(owner, performance.now() - beganMs);
            if (stage) onStage?.(stage, beganMs, performance.now());
          };
          worker.call(method, payload, signal ? { signal, isPatient: true } : {}).then(
            (value) => {
              end();
              signal?.removeEventListener('abort', leave);
              resolve(value);
              this.#next();
            },
            (error: unknown) => {
              end();
              // most likely another call was what the worker was lost by: nobody waits in vain for a neighbour's picture
              const isStopped = this.#stopped.has(worker);
              const isLost = isStopped || isSemblanceError(error, 'WORKER_LOST');
              if (isLost && !isSecond && !isTooLong && !this.#isClosed && !signal?.aborted) {
                isSecond = true;
                queuedMs = performance.now();
                this.#queue.push(owner, task);
              } else {
                signal?.removeEventListener('abort', leave);
                reject(isStopped ? new SemblanceError('WORKER_LOST') : error);
              }
              this.#next();
            },
          );
        },
      };
      // Whoever has gone need not be served. What a worker has begun it ends at its next step, and is still held to its time.
      const leave = () => {
        this.#queue.remove(owner, task);
        reject(signal?.reason);
      };
      if (signal?.aborted) return reject(signal.reason);
      this.#owners.noteAsked(owner);
      signal?.addEventListener('abort', leave, { once: true });
      this.#queue.push(owner, task);
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#ending.abort(new SemblanceError('WORKER_LOST', 'it was closed'));
    await Promise.all(this.#workers.map(({ worker }) => closeInTime(worker)));
  }

  /** The worker that may have another call of this owner, if there is one. */
  #free(owner: string): ServiceWorker<R> | undefined {
    const own = [...this.#begun].filter((call) => call.owner === owner);
    const loads = this.#workers.map(({ worker, rank }) => ({
      numCalls: worker.numCalls,
      numOwn: own.filter((call) => call.worker === worker).length,
      rank,
    }));
    const asks = { isAlone: this.#owners.isAlone(owner), isHeavy: this.#owners.isHeavy(owner) };
    const chosen = chooseWorker(loads, this.#options, asks);
    return chosen === null ? undefined : this.#workers[chosen]!.worker;
  }

  #next(): void {
    for (;;) {
      const task = this.#queue.shift((owner) => this.#free(owner) !== undefined);
      if (!task) return;
      task.start();
    }
  }

  async #addWorker(rank: number): Promise<void> {
    const niceness = this.#options.niceness?.(rank) ?? 0;
    const worker = await startWorker(this.#role, this.#data, { niceness, signal: this.#ending.signal });
    if (this.#isClosed) return worker.close();
    worker.onLost = () => this.#replace(worker, 'lost');
    this.#workers.push({ worker, rank });
    this.#next();
  }

  #stop(worker: ServiceWorker<R>): void {
    if (worker.hasEnded) return;
    this.#stopped.add(worker);
    void worker.terminate();
    this.#replace(worker, 'too_slow');
  }

  #replace(worker: ServiceWorker<R>, reason: 'lost' | 'too_slow'): void {
    this.#options.onReplaced?.(this.#role, reason);
    const at = this.#workers.findIndex((ranked) => ranked.worker === worker);
    const [lost] = this.#workers.splice(at, 1);
    void this.#restart(lost!.rank);
  }

  async #restart(rank: number): Promise<void> {
    while (!this.#isClosed) {
      try {
        await this.#addWorker(rank);
        this.#refusal = null;
        return;
      } catch (error) {
        this.#refusal = asSemblanceError(error);
        // the files of the model may be gone for a moment; requests wait, and time out if it takes long
        await new Promise((resolve) => setTimeout(resolve, RESTART_MS).unref());
      }
    }
  }
}

/** One that does not answer, even to that, is ended all the same. */
async function closeInTime(worker: Pick<ServiceWorker<RoleName>, 'close' | 'terminate'>): Promise<void> {
  const timer = setTimeout(() => void worker.terminate(), CLOSE_MS);
  await worker.close();
  clearTimeout(timer);
}

const tooCostly = (maxMs: number): SemblanceError =>
  new SemblanceError(
    'REQUEST_TOO_COSTLY',
    `the work on the request took more than ${maxMs / 1000} s and was stopped; send a smaller picture, or ask for fewer faces`,
  );
