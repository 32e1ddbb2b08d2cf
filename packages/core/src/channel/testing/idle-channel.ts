// A process that leaves a channel open and is done: it must end by itself, and not before its call is answered.

import { WorkerChannel } from '../index.ts';
import type { openTestWorker } from './test-worker.ts';

const channel = new WorkerChannel<typeof openTestWorker>(new URL('./test-worker.ts', import.meta.url), {
  name: 'a test thread',
  data: { first: 1 },
});
void channel.call('after', 50).then((ms) => console.log(`answered after ${ms} ms`));
