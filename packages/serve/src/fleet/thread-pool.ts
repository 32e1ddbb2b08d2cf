import type { PayloadOf, ValueOf } from '@semblance/core/channel';
import type { DataOf, MethodsOf, RoleName } from './threads/roles/index.ts';
import { type ServiceThread, startThread } from './threads/service-thread.ts';

export interface PoolOptions {
  size: number;
  /** Calls that one thread has at a time: while one is in the network, the next is decoded. */
  depth: number;
}

interface Task {
  start(): void;
}

/** How long a thread that was lost at its start waits before the next try. */
const RESTART_MS = 1000;

/** Threads of one role behind one queue; a thread that is lost is replaced, and only its own calls fail. */
export class ThreadPool<R extends RoleName> {
  readonly #role: R;
  readonly #data: DataOf<R>;
  readonly #depth: number;
  readonly #threads: ServiceThread<R>[] = [];
  readonly #queue: Task[] = [];
  #isClosed = false;

  private constructor(role: R, data: DataOf<R>, depth: number) {
    this.#role = role;
    this.#data = data;
    this.#depth = depth;
  }

  static async start<R extends RoleName>(
    role: R,
    data: DataOf<R>,
    { size, depth }: PoolOptions,
  ): Promise<ThreadPool<R>> {
    const pool = new ThreadPool(role, data, depth);
    try {
      // one after the other: a model that cannot be loaded is found by the first
      for (let i = 0; i < size; i++) await pool.#addThread();
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  /** Calls that wait for a thread. */
  get numQueued(): number {
    return this.#queue.length;
  }

  call<M extends keyof MethodsOf<R> & string>(
    method: M,
    payload: PayloadOf<MethodsOf<R>, M>,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<ValueOf<MethodsOf<R>, M>> {
    return new Promise((resolve, reject) => {
      const task: Task = {
        start: () => {
          signal?.removeEventListener('abort', leave);
          const thread = this.#free()!;
          thread
            .call(method, payload)
            .then(resolve, reject)
            .finally(() => this.#next());
        },
      };
      // whoever has gone need not be served
      const leave = () => {
        const at = this.#queue.indexOf(task);
        if (at < 0) return;
        this.#queue.splice(at, 1);
        reject(signal?.reason);
      };
      if (signal?.aborted) return reject(signal.reason);
      signal?.addEventListener('abort', leave, { once: true });
      this.#queue.push(task);
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #free(): ServiceThread<R> | undefined {
    const [least] = [...this.#threads].sort((a, b) => a.numCalls - b.numCalls);
    return least && least.numCalls < this.#depth ? least : undefined;
  }

  #next(): void {
    while (this.#queue.length > 0 && this.#free()) this.#queue.shift()!.start();
  }

  async #addThread(): Promise<void> {
    const thread = await startThread(this.#role, this.#data);
    if (this.#isClosed) return thread.close();
    thread.onLost = () => {
      this.#threads.splice(this.#threads.indexOf(thread), 1);
      void this.#replace();
    };
    this.#threads.push(thread);
    this.#next();
  }

  async #replace(): Promise<void> {
    while (!this.#isClosed) {
      try {
        return await this.#addThread();
      } catch {
        // the files of the model may be gone for a moment; requests wait, and time out if it takes long
        await new Promise((resolve) => setTimeout(resolve, RESTART_MS).unref());
      }
    }
  }
}
