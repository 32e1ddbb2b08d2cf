import { parentPort, workerData } from 'node:worker_threads';
import { asSemblanceError } from '@semblance/face';
import { type BatchRequest, transferables } from './batch-maker.ts';
import { createMaker, type MakerConfig } from './makers.ts';

// A thread that makes the batches it is asked for, in the order of the asking.

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
