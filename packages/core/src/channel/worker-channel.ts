import { type Transferable, Worker } from 'node:worker_threads';
import { SemblanceError } from '../error.ts';
import { createState, forgetState, noteCall, type SharedState, watchState } from './exit-wait.ts';
import type { DataOf, InfoOf, MethodsOf, OpenWorker, PayloadOf, ProgressOf, ValueOf } from './methods.ts';
import { type FromWorker, OPENING, receiveError, type Start, type ToWorker } from './wire.ts';

export interface ChannelOptions<Data> {
  /** What the worker is, for errors: 'a loading thread'. */
  name: string;
  /** What the worker opens with; it is copied, shared memory is shared. */
  data: Data;
}

export interface CallOptions<Progress> {
  /** Buffers of the payload that are handed over instead of copied; they are empty here afterwards. */
  transfer?: readonly Transferable[];
  /** Gives the call up: it rejects with the signal's reason, and the method's own signal aborts. */
  signal?: AbortSignal;
  /** Told what the method says on its way. */
  onProgress?(value: Progress): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  onProgress?: ((value: unknown) => void) | undefined;
  forgetSignal?: () => void;
}

/**
 * A worker thread that is called by methods. Calls may overlap, and each gets its own answer.
 *
 * Errors keep the codes they were thrown with. When the thread dies, every call that waits and every later one rejects.
 * The thread keeps the process alive only while it has something to answer, and `process.exit()` waits for what it has in
 * work.
 *
 * @example
 * Not run here: the thread's module is the example of `serveChannel`.
 *
 * ```ts
 * import { siblingModule } from '@semblance/core';
 * import { WorkerChannel } from '@semblance/core/channel';
 *
 * type Adder = (data: { first: number }) => { methods: { add(second: number): number } };
 * const module = siblingModule(import.meta.url, './adder');
 * const adder = new WorkerChannel<Adder>(module, { name: 'an adding thread', data: { first: 2 } });
 * const five = await adder.call('add', 3);
 * await adder.close();
 * ```
 */
export class WorkerChannel<O extends OpenWorker> {
  /**
   * Resolves with the worker's `info` once it has opened; rejects with what opening threw. Calls may be made before, and
   * reject with the same.
   */
  readonly ready: Promise<InfoOf<O>>;
  /** Told once if the thread ends after it has opened, without having been told to. */
  onLost: ((error: SemblanceError) => void) | undefined;
  readonly #name: string;
  readonly #worker: Worker;
  readonly #state: SharedState;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = OPENING;
  #isOpen = false;
  /** Why further calls are refused. */
  #end: SemblanceError | null = null;
  #closing: Promise<void> | null = null;

  constructor(module: URL, { name, data }: ChannelOptions<DataOf<O>>) {
    this.#name = name;
    this.#state = createState();
    this.#worker = new Worker(module, { workerData: { data, state: this.#state } satisfies Start });
    watchState(this.#state);
    this.ready = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(OPENING, { resolve, reject });
    }) as Promise<InfoOf<O>>;
    // whoever makes calls at once hears of it from them
    this.ready.catch(() => {});
    this.#worker.on('message', (message: FromWorker) => this.#take(message));
    this.#worker.on('messageerror', (error) => void this.#stop(this.#ended(error.message, error)));
    this.#worker.once('error', (error) => this.#fail(this.#ended(error.message, error)));
    this.#worker.once('exit', (code) => {
      forgetState(this.#state);
      this.#fail(this.#ended(`code ${code}`));
    });
  }

  /** Calls in work. */
  get numCalls(): number {
    return this.#waiting.size;
  }

  /** Whether further calls are refused. */
  get hasEnded(): boolean {
    return this.#end !== null;
  }

  /**
   * Calls a method of the worker.
   *
   * @throws SemblanceError what the method threw, INTERNAL for an error without a code or when the thread has ended
   */
  call<K extends keyof MethodsOf<O> & string>(
    method: K,
    payload: PayloadOf<MethodsOf<O>, K>,
    options: CallOptions<ProgressOf<MethodsOf<O>, K>> = {},
  ): Promise<ValueOf<MethodsOf<O>, K>> {
    return this.#send(method, payload, options) as Promise<ValueOf<MethodsOf<O>, K>>;
  }

  /** Ends the thread once it has answered what it was asked and has closed what it holds. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  /** Ends the thread now; calls that wait reject. Not for a thread in native code that cannot be interrupted. */
  terminate(): Promise<void> {
    return this.#stop(this.#ended('it was stopped'));
  }

  async #finish(): Promise<void> {
    if (this.#end) return;
    const closed = this.#send(null, null, {});
    this.#end = this.#ended('it was closed');
    // one that cannot close has ended all the same
    await closed.catch(() => {});
    await this.#worker.terminate();
  }

  async #stop(reason: SemblanceError): Promise<void> {
    this.#end ??= reason;
    this.#fail(reason);
    await this.#worker.terminate();
  }

  #send(method: string | null, payload: unknown, options: CallOptions<never>): Promise<unknown> {
    const { transfer, signal, onProgress } = options;
    if (this.#end) return Promise.reject(this.#end);
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      // first, since it throws where the payload cannot be copied
      this.#worker.postMessage({ id, method, payload } satisfies ToWorker, transfer);
      noteCall(this.#state);
      if (this.#waiting.size === 0) this.#worker.ref();
      const waiting: Waiting = { resolve, reject, onProgress: onProgress as Waiting['onProgress'] };
      this.#waiting.set(id, waiting);
      if (!signal) return;
      const cancel = (): void => {
        // it counts as in work until the worker has answered
        reject(signal.reason);
        this.#worker.postMessage({ cancel: id } satisfies ToWorker);
      };
      signal.addEventListener('abort', cancel, { once: true });
      waiting.forgetSignal = () => signal.removeEventListener('abort', cancel);
    });
  }

  #take(message: FromWorker): void {
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    if ('progress' in message) {
      waiting.onProgress?.(message.progress);
      return;
    }
    this.#waiting.delete(message.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    waiting.forgetSignal?.();
    if ('value' in message) {
      if (message.id === OPENING) this.#isOpen = true;
      waiting.resolve(message.value);
    } else {
      const error = receiveError(message.error);
      waiting.reject(error);
      if (message.id === OPENING) void this.#stop(error);
    }
  }

  #ended(reason: string, cause?: unknown): SemblanceError {
    return new SemblanceError('INTERNAL', `${this.#name} ended: ${reason}`, { cause });
  }

  /** Refuses what comes and rejects what waits. */
  #fail(error: SemblanceError): void {
    const isLost = this.#isOpen && this.#end === null;
    this.#end ??= error;
    for (const { reject, forgetSignal } of this.#waiting.values()) {
      forgetSignal?.();
      reject(error);
    }
    this.#waiting.clear();
    if (isLost) this.onLost?.(error);
  }
}
