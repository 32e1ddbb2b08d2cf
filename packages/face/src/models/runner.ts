import { siblingModule } from '@semblance/core';
import { WorkerChannel } from '@semblance/core/channel';
// the threads below load ONNX Runtime and could not do this themselves
import '@semblance/core/no-telemetry';
import type { OutputTensor, Port } from './network.ts';
import type { openRunner, RunnerData } from './runner-thread.ts';

/** A thread with a network of its own. It keeps the process alive only while it works. */
export class Runner {
  readonly inputs: Port[];
  readonly outputs: Port[];
  readonly #channel: WorkerChannel<typeof openRunner>;

  private constructor(channel: WorkerChannel<typeof openRunner>, ports: { inputs: Port[]; outputs: Port[] }) {
    this.#channel = channel;
    this.inputs = ports.inputs;
    this.outputs = ports.outputs;
  }

  /**
   * Starts a thread; it has loaded its network when the promise resolves.
   *
   * @throws SemblanceError as `openSession` does.
   */
  static async start(data: RunnerData): Promise<Runner> {
    const channel = new WorkerChannel<typeof openRunner>(siblingModule(import.meta.url, './runner-thread'), {
      name: 'a thread of the network',
      data,
    });
    return new Runner(channel, await channel.ready);
  }

  /** Whether its thread is no more: every run would fail. */
  get hasEnded(): boolean {
    return this.#channel.hasEnded;
  }

  /** Runs on one input, which must be left alone until then. */
  run(data: Float32Array, shape: number[]): Promise<OutputTensor[]> {
    return this.#channel.call('infer', { data, shape });
  }

  /** Gives the network's memory back and ends the thread. */
  close(): Promise<void> {
    return this.#channel.close();
  }
}
