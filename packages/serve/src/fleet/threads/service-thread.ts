import type { Transferable } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import { siblingModule } from '@semblance/core';
// the threads below load ONNX Runtime and could not do this themselves
import '@semblance/core/no-telemetry';
import { isErrorCode, SemblanceError } from '../../error.ts';
import type { FromThread, PayloadOf, ToThread, ValueOf } from './role.ts';
import type { DataOf, MethodsOf, RoleName } from './roles/index.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A thread of a role, called by methods; errors keep their codes on the way. */
export class ServiceThread<R extends RoleName> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #isEnded = false;
  /** Called once if the thread ends without having been told to. */
  onLost: ((reason: string) => void) | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: FromThread) => {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if ('error' in message) waiting?.reject(fromThread(message.error));
      else waiting?.resolve(message.value);
    });
    worker.once('error', (error) => this.#end(error.message));
    worker.once('exit', (code) => this.#end(`code ${code}`));
  }

  /** Starts a thread; it has loaded what it needs when the promise resolves. */
  static async start<R extends RoleName>(role: R, data: DataOf<R>): Promise<ServiceThread<R>> {
    const worker = new Worker(siblingModule(import.meta.url, './main'), { workerData: { role, data } });
    const thread = new ServiceThread<R>(worker);
    try {
      await new Promise((resolve, reject) => thread.#waiting.set(0, { resolve, reject }));
    } catch (error) {
      thread.#isEnded = true;
      await worker.terminate();
      throw error;
    }
    return thread;
  }

  /** Calls in work. */
  get numCalls(): number {
    return this.#waiting.size;
  }

  call<M extends keyof MethodsOf<R> & string>(
    method: M,
    payload: PayloadOf<MethodsOf<R>, M>,
    transfer: Transferable[] = [],
  ): Promise<ValueOf<MethodsOf<R>, M>> {
    return this.#send({ method, payload }, transfer) as Promise<ValueOf<MethodsOf<R>, M>>;
  }

  /** Ends the thread after what it has been asked. */
  async stop(): Promise<void> {
    if (this.#isEnded) return;
    this.onLost = undefined;
    await this.#send({ method: null }, []).catch(() => {});
    this.#isEnded = true;
    await this.#worker.terminate();
  }

  #send(message: { method: string; payload: unknown } | { method: null }, transfer: Transferable[]) {
    if (this.#isEnded) return Promise.reject(new SemblanceError('INTERNAL', 'the thread has ended'));
    const id = ++this.#lastId;
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...message } as ToThread, transfer);
    });
  }

  #end(reason: string): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    const error = new SemblanceError('INTERNAL', `a thread of the service ended: ${reason}`);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.onLost?.(reason);
  }
}

function fromThread({ code, message }: { code: string; message: string }): SemblanceError {
  return new SemblanceError(isErrorCode(code) ? code : 'INTERNAL', message);
}
