import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { isExiting, noteAnswer, noteNoAnswers, type SharedState } from './exit-wait.ts';
import { type Call, type OpenWorker, Transferring, type WorkerRole } from './methods.ts';
import { type FromWorker, OPENING, type Start, sendError, type ToWorker } from './wire.ts';

/**
 * Makes this worker thread answer the calls of a {@link WorkerChannel}: it opens, then answers each call as soon as its
 * method is done, any number at a time.
 *
 * @param open takes the data that the channel was started with; the channel's type is `typeof` this function
 * @example
 * Not run here: it is the module of a worker thread.
 *
 * ```ts
 * import { serveChannel } from '@semblance/core/channel';
 *
 * export function openAdder({ first }: { first: number }) {
 *   return { methods: { add: (second: number) => first + second } };
 * }
 * await serveChannel(openAdder);
 * ```
 */
export async function serveChannel(open: OpenWorker): Promise<void> {
  if (parentPort === null) throw new Error('serveChannel answers from a worker thread, and this is none');
  const port = parentPort;
  const { data, state } = workerData as Start;
  if (isExiting(state)) return noteNoAnswers(state);
  try {
    const role = await open(data as never);
    const server = new Server(port, role, state);
    port.on('message', (message: ToWorker) => server.take(message));
    // a message that cannot be read has no call to fail: the thread ends, and says why
    port.on('messageerror', (error: Error) => {
      throw error;
    });
    port.postMessage({ id: OPENING, value: role.info } satisfies FromWorker);
    noteAnswer(state);
  } catch (error) {
    port.postMessage({ id: OPENING, error: sendError(error) } satisfies FromWorker);
    noteNoAnswers(state);
  }
}

type AnyMethod = (payload: unknown, call: Call) => unknown;

class Server {
  readonly #port: MessagePort;
  readonly #role: WorkerRole;
  readonly #state: SharedState;
  readonly #methods: Record<string, AnyMethod>;
  readonly #inWork = new Map<number, { call: CallInWork; done: Promise<void> }>();

  constructor(port: MessagePort, role: WorkerRole, state: SharedState) {
    this.#port = port;
    this.#role = role;
    this.#state = state;
    this.#methods = role.methods as Record<string, AnyMethod>;
  }

  take(message: ToWorker): void {
    if ('cancel' in message) this.#inWork.get(message.cancel)?.call.cancel();
    else if (isExiting(this.#state)) noteAnswer(this.#state);
    else if (message.method === null) void this.#answer(message.id, () => this.#end());
    else this.#begin(message.id, message.method, message.payload);
  }

  #begin(id: number, method: string, payload: unknown): void {
    const call = new CallInWork(this.#port, id);
    const done = this.#answer(id, () => this.#methods[method]!(payload, call));
    this.#inWork.set(id, { call, done });
  }

  /** Sends what `give` gives, or what it throws. */
  async #answer(id: number, give: () => unknown): Promise<void> {
    try {
      const given = await give();
      if (given instanceof Transferring) this.#port.postMessage({ id, value: given.value }, given.transfer);
      else this.#port.postMessage({ id, value: given } satisfies FromWorker);
    } catch (error) {
      this.#port.postMessage({ id, error: sendError(error) } satisfies FromWorker);
    }
    this.#inWork.delete(id);
    noteAnswer(this.#state);
  }

  async #end(): Promise<void> {
    await Promise.all([...this.#inWork.values()].map(({ done }) => done));
    await this.#role.close?.();
  }
}

/** What a method seldom asks for is made when it does. */
class CallInWork implements Call {
  readonly #port: MessagePort;
  readonly #id: number;
  #controller: AbortController | undefined;

  constructor(port: MessagePort, id: number) {
    this.#port = port;
    this.#id = id;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  get progress(): (value: unknown) => void {
    return (progress) => this.#port.postMessage({ id: this.#id, progress } satisfies FromWorker);
  }

  cancel(): void {
    this.#controller ??= new AbortController();
    this.#controller.abort();
  }
}
