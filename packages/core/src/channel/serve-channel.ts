import { type Call, type OpenWorker, Transferring, type WorkerRole } from './methods.ts';
import { openParent, type Parent } from './parent-link.ts';
import { OPENING, sendError, type ToWorker } from './wire.ts';

/**
 * Makes this thread or process answer the calls of a {@link WorkerChannel} that has started it: it opens, then answers each call as soon as its
 * method is done, any number at a time.
 *
 * @param open takes the data that the channel was started with; the channel's type is `typeof` this function
 * @example
 * Not run here: it is the module of a worker.
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
  const parent = await openParent();
  if (parent.isGone) return parent.noteNoAnswers();
  try {
    const role = await open(parent.data as never);
    const server = new Server(parent, role);
    parent.listen((message) => server.take(message));
    parent.post({ id: OPENING, value: role.info });
    parent.noteAnswer();
  } catch (error) {
    parent.post({ id: OPENING, error: sendError(error) });
    parent.noteNoAnswers();
  }
}

type AnyMethod = (payload: unknown, call: Call) => unknown;

class Server {
  readonly #parent: Parent;
  readonly #role: WorkerRole;
  readonly #methods: Record<string, AnyMethod>;
  readonly #inWork = new Map<number, { call: CallInWork; done: Promise<void> }>();

  constructor(parent: Parent, role: WorkerRole) {
    this.#parent = parent;
    this.#role = role;
    this.#methods = role.methods as Record<string, AnyMethod>;
  }

  take(message: ToWorker): void {
    if ('cancel' in message) this.#inWork.get(message.cancel)?.call.cancel();
    else if (this.#parent.isGone) this.#parent.noteAnswer();
    else if (message.method === null) void this.#answer(message.id, () => this.#end());
    else this.#begin(message.id, message.method, message.payload);
  }

  #begin(id: number, method: string, payload: unknown): void {
    const call = new CallInWork(this.#parent, id);
    const done = this.#answer(id, () => this.#methods[method]!(payload, call));
    this.#inWork.set(id, { call, done });
  }

  /** Sends what `give` gives, or what it throws. */
  async #answer(id: number, give: () => unknown): Promise<void> {
    try {
      const given = await give();
      if (given instanceof Transferring) this.#parent.post({ id, value: given.value }, given.transfer);
      else this.#parent.post({ id, value: given });
    } catch (error) {
      this.#parent.post({ id, error: sendError(error) });
    }
    this.#inWork.delete(id);
    this.#parent.noteAnswer();
  }

  async #end(): Promise<void> {
    await Promise.all([...this.#inWork.values()].map(({ done }) => done));
    await this.#role.close?.();
  }
}

/** What a method seldom asks for is made when it does. */
class CallInWork implements Call {
  readonly #parent: Parent;
  readonly #id: number;
  #controller: AbortController | undefined;

  constructor(parent: Parent, id: number) {
    this.#parent = parent;
    this.#id = id;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  get progress(): (value: unknown) => void {
    return (progress) => this.#parent.post({ id: this.#id, progress });
  }

  cancel(): void {
    this.#controller ??= new AbortController();
    this.#controller.abort();
  }
}
