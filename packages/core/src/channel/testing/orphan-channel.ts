// A process that is killed while a worker in a process of its own waits for calls.

import { WorkerChannel } from '../index.ts';
import type { openTestWorker } from './test-worker.ts';

const channel = new WorkerChannel<typeof openTestWorker>(new URL('./test-worker.ts', import.meta.url), {
  name: 'a test process',
  data: { first: 1 },
  in: 'process',
});
const pid = await channel.call('pid', undefined);
process.stdout.write(`${pid}\n`, () => process.kill(process.pid, 'SIGKILL'));
