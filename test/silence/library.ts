/**
 * A program of somebody who uses the library, in the way that its argument says; it prints how many numbers a face
 * became, or the code of what was refused.
 *
 *     main           everything in the main thread
 *     runners        networks in threads of the library's own
 *     worker         in a worker thread, after the main thread has imported the library
 *     worker-alone   in a worker thread, of a main thread that knows nothing of the library
 *     worker-shares  the same, with an environment that the worker shares with the main thread
 *     neither        ONNX Runtime itself, without the library
 */
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { isMainThread, SHARE_ENV, Worker } from 'node:worker_threads';
import { tinyRecognizer } from '../../packages/face/src/testing/tiny-models.ts';

const [, , way = ''] = process.argv;

async function embed(): Promise<void> {
  const { openSession } = await import('@semblance/face/models');
  try {
    const session = await openSession(tinyRecognizer(), way === 'runners' ? { runners: 2 } : {});
    const { embedding } = await session.run(new Float32Array(3 * 112 * 112), [1, 3, 112, 112]);
    await session.close();
    console.log(embedding!.length);
  } catch (error) {
    console.log((error as { code?: string }).code);
  }
}

if (!isMainThread || way === 'main' || way === 'runners') {
  await embed();
} else if (way === 'neither') {
  const face = new URL('../../packages/face/src/models/index.ts', import.meta.url);
  const ort = createRequire(face)('onnxruntime-node') as typeof import('onnxruntime-node');
  await ort.InferenceSession.create(tinyRecognizer());
  // it first collects what it sends
  await wait(15_000);
} else {
  if (way === 'worker') await import('@semblance/face');
  const file = new URL(import.meta.url);
  new Worker(file, { argv: [way], ...(way === 'worker-shares' ? { env: SHARE_ENV } : {}) });
}
