// The entry of a runner's thread: loads the network, then answers until it is told to end.

import { parentPort, workerData } from 'node:worker_threads';
import { asSemblanceError } from '../error.ts';
import type { FromRunner, RunnerData, ToRunner } from './runner-messages.ts';
import { openSession } from './session.ts';

const port = parentPort!;
const { bytes, threads } = workerData as RunnerData;
const fail = (error: unknown): void =>
  port.postMessage({ error: asSemblanceError(error).toJSON() } satisfies FromRunner);

try {
  // ONNX Runtime takes no shared memory for a model.
  const session = await openSession(bytes.slice(), { threads });
  port.on('message', async (message: ToRunner) => {
    try {
      if (message === null) await session.dispose();
      const tensors = message === null ? [] : await session.infer(message.data, message.shape);
      // Outputs are large and of no use here: their memory moves.
      const memory = tensors.map(({ data }) => data.buffer as ArrayBuffer);
      port.postMessage({ tensors } satisfies FromRunner, memory);
    } catch (error) {
      fail(error);
    }
  });
  port.postMessage({ inputs: session.inputs, outputs: session.outputs } satisfies FromRunner);
} catch (error) {
  fail(error);
}
