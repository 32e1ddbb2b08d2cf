// A process that exits while its worker is inside a call that cannot be interrupted, and has another one to come.

import { WorkerChannel } from '../index.ts';
import type { openTestWorker } from './test-worker.ts';

const channel = new WorkerChannel<typeof openTestWorker>(new URL('./test-worker.ts', import.meta.url), {
  name: 'a test thread',
  data: { first: 1 },
});
// one before the worker has opened, too
if (process.argv[2] !== 'at once') await channel.ready;
void channel.call('block', { ms: 300, say: 'first' });
void channel.call('block', { ms: 300, say: 'second' });
setTimeout(() => process.exit(7), process.argv[2] === 'at once' ? 0 : 50);
