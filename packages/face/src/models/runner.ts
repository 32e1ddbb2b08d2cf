import { Worker } from 'node:worker_threads';
import { siblingModule } from '@semblance/core';
import { SemblanceError } from '../error.ts';
import type { FromRunner, RunnerData, ToRunner } from './runner-messages.ts';
import type { OutputTensor, Port } from './session.ts';

interface Waiting {
  resolve(reply: FromRunner): void;
  reject(error: Error): void;
}

/** A thread with a network of its own, which runs once at a time. It keeps the process alive only while it works. */
export class Runner {
  readonly #worker: Worker;
  /** What waits for the thread's next word. */
  #waiting: Waiting | null = null;
  #end: Error | null = null;
  inputs: Port[] = [];
  outputs: Port[] = [];

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (reply: FromRunner) => this.#settle((waiting) => waiting.resolve(reply)));
    worker.once('error', (error) => this.#ended(error.message));
    worker.once('exit', (code) => this.#ended(`code ${code}`));
  }

  /**
   * Starts a thread; it has loaded its network when the promise resolves.
   *
   * @throws SemblanceError as `openSession` does.
   */
  static async start(data: RunnerData): Promise<Runner> {
    const runner = new Runner(
      new Worker(siblingModule(import.meta.url, './runner-thread'), { workerData: data }),
    );
    const reply = await runner.#ask();
    if ('inputs' in reply) {
      runner.inputs = reply.inputs;
      runner.outputs = reply.outputs;
    }
    return runner;
  }

  /** Whether its thread is no more: every run would fail. */
  get hasEnded(): boolean {
    return this.#end !== null;
  }

  /** Runs on one input, which must be left alone until then. */
  async run(data: Float32Array, shape: number[]): Promise<OutputTensor[]> {
    const reply = await this.#ask({ data, shape });
    return 'tensors' in reply ? reply.tensors : [];
  }

  /** Gives the network's memory back and ends the thread. */
  async stop(): Promise<void> {
    if (this.#end) return;
    await this.#ask(null).catch(() => {});
    await this.#worker.terminate();
  }

  /** Sends a message, if any, and waits for the next word. */
  async #ask(message?: ToRunner): Promise<FromRunner> {
    if (this.#end) throw this.#end;
    this.#worker.ref();
    const reply = await new Promise<FromRunner>((resolve, reject) => {
      this.#waiting = { resolve, reject };
      if (message !== undefined) this.#worker.postMessage(message);
    });
    if ('error' in reply) throw new SemblanceError(reply.error.code, reply.error.message);
    return reply;
  }

  #settle(how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#worker.unref();
    if (waiting) how(waiting);
  }

  #ended(reason: string): void {
    const error = new SemblanceError('INTERNAL', `a thread of the network ended: ${reason}`);
    this.#end ??= error;
    this.#settle((waiting) => waiting.reject(error));
  }
}
