import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { asSemblanceError } from '../error.ts';
import { type BatchRequest, transferables } from './batch-maker.ts';
import { createMaker, type MakerConfig } from './makers.ts';

// A thread that makes the batches it is asked for, in the order of the asking.

if (process.platform === 'linux') {
  // There a priority belongs to a thread. Operators wait for the slowest of their threads: one that is pushed aside
  // for loading holds up all, whereas loading runs ahead and has time.
  setPriority(10);
}

const maker = createMaker(workerData as MakerConfig);

parentPort!.on('message', async (request: BatchRequest) => {
  try {
    const batch = await maker.make(request);
    parentPort!.postMessage({ step: request.step, batch }, transferables(batch));
  } catch (cause) {
    const { code, message } = asSemblanceError(cause);
    parentPort!.postMessage({ step: request.step, error: { code, message } });
  }
});
