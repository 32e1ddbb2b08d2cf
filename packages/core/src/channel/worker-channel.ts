import type { Transferable } from 'node:worker_threads';
import { SemblanceError } from '../error.ts';
import type { Link, OpenLink } from './link.ts';
import type { DataOf, InfoOf, MethodsOf, OpenWorker, PayloadOf, ProgressOf, ValueOf } from './methods.ts';
import { openProcess } from './process-link.ts';
import { openThread } from './thread-link.ts';
import { type FromWorker, OPENING, receiveError } from './wire.ts';

/** What a worker may run in. */
const links = { thread: openThread, process: openProcess } satisfies Record<string, OpenLink>;

export interface ChannelOptions<Data> {
  /** What the worker is, for errors: 'a loading thread'. */
  name: string;
  /** What the worker opens with; it is copied, and shared memory is shared with a thread. */
  data: Data;
  /**
   * What the worker runs in (`thread`). A process can be killed whatever it does, and a crash of native code in it ends
   * it alone; but it takes memory of its own, and all it is sent is copied through a pipe: leave arrays of a payload as
   * they are until its answer is here.
   */
  in?: keyof typeof links;
}

export interface CallOptions<Progress> {
  /** Buffers of the payload that are handed over instead of copied; they are empty here afterwards. */
  transfer?: readonly Transferable[];
  /** Gives the call up: it rejects with the signal's reason, and the method's own signal aborts. */
  signal?: AbortSignal;
  /** With a signal: the method hears of it, but the call settles only when the worker is done with it. */
  isPatient?: boolean;
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
 * A worker, in a thread or a process of its own, that is called by methods. Calls may overlap, and each gets its own
 * answer.
 *
 * Errors keep the codes they were thrown with. When the worker dies, every call that waits and every later one rejects,
 * with WORKER_LOST where it was not told to end. It keeps the process alive only while it has something to answer, and
 * `process.exit()` waits for what a thread has in work.
 *
 * @example
 * Not run here: the worker's module is the example of `serveChannel`.
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
  /** Told once if the worker ends after it has opened, without having been told to. */
  onLost: ((error: SemblanceError) => void) | undefined;
  readonly #name: string;
  readonly #link: Link;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = OPENING;
  #isOpen = false;
  /** Why further calls are refused. */
  #end: SemblanceError | null = null;
  #closing: Promise<void> | null = null;

  constructor(module: URL, { name, data, in: place = 'thread' }: ChannelOptions<DataOf<O>>) {
    this.#name = name;
    this.#link = links[place](module, data, {
      message: (message) => this.#take(message),
      garbled: (error) => void this.#stop(this.#lost(error.message, error)),
      ended: (reason, cause) => this.#fail(this.#lost(reason, cause)),
    });
    this.ready = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(OPENING, { resolve, reject });
    }) as Promise<InfoOf<O>>;
    // whoever makes calls at once hears of it from them
    this.ready.catch(() => {});
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
   * @throws SemblanceError what the method threw, INTERNAL for an error without a code or when the worker was told to end,
   *   WORKER_LOST when it has ended by itself
   */
  call<K extends keyof MethodsOf<O> & string>(
    method: K,
    payload: PayloadOf<MethodsOf<O>, K>,
    options: CallOptions<ProgressOf<MethodsOf<O>, K>> = {},
  ): Promise<ValueOf<MethodsOf<O>, K>> {
    return this.#send(method, payload, options) as Promise<ValueOf<MethodsOf<O>, K>>;
  }

  /** Ends the worker once it has answered what it was asked and has closed what it holds. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  /** Ends the worker now; calls that wait reject. Not for a thread in native code that cannot be interrupted. */
  terminate(): Promise<void> {
    return this.#stop(this.#told('it was stopped'));
  }

  async #finish(): Promise<void> {
    if (this.#end) return;
    const closed = this.#send(null, null, {});
    this.#end = this.#told('it was closed');
    // one that cannot close has ended all the same
    await closed.catch(() => {});
    await this.#link.end();
  }

  async #stop(reason: SemblanceError): Promise<void> {
    this.#end ??= reason;
    this.#fail(reason);
    await this.#link.end();
  }

  #send(method: string | null, payload: unknown, options: CallOptions<never>): Promise<unknown> {
    const { transfer, signal, isPatient = false, onProgress } = options;
    if (this.#end) return Promise.reject(this.#end);
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      // first, since it throws where the payload cannot be copied
      this.#link.post({ id, method, payload }, transfer);
      if (this.#waiting.size === 0) this.#link.hold(true);
      const waiting: Waiting = { resolve, reject, onProgress: onProgress as Waiting['onProgress'] };
      this.#waiting.set(id, waiting);
      if (!signal) return;
      const cancel = (): void => {
        // it counts as in work until the worker has answered
        if (!isPatient) reject(signal.reason);
        this.#link.post({ cancel: id });
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
    if (this.#waiting.size === 0) this.#link.hold(false);
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

  #told(reason: string): SemblanceError {
    return new SemblanceError('INTERNAL', `${this.#name} ended: ${reason}`);
  }

  #lost(reason: string, cause?: unknown): SemblanceError {
    return new SemblanceError('WORKER_LOST', `${this.#name} ended: ${reason}`, { cause });
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
