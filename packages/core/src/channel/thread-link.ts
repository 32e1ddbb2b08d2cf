import { Worker } from 'node:worker_threads';
import { createState, forgetState, noteCall, watchState } from './exit-wait.ts';
import type { Link, LinkEvents } from './link.ts';
import type { FromWorker, Start } from './wire.ts';

/** A worker in a thread of this process. */
export function openThread(module: URL, data: unknown, events: LinkEvents): Link {
  const state = createState();
  const worker = new Worker(module, { workerData: { data, state } satisfies Start });
  watchState(state);
  worker.on('message', (message: FromWorker) => events.message(message));
  worker.on('messageerror', (error: Error) => events.garbled(error));
  worker.once('error', (error: Error) => events.ended(error.message, error));
  worker.once('exit', (code) => {
    forgetState(state);
    events.ended(`code ${code}`);
  });
  return {
    post(message, transfer) {
      // first, since it throws where the payload cannot be copied
      worker.postMessage(message, transfer);
      if ('method' in message) noteCall(state);
    },
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    end: async () => void (await worker.terminate()),
  };
}
