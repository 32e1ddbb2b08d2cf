import { parentPort } from 'node:worker_threads';
import { type Job, runJob } from './jobs.ts';

parentPort!.on('message', async ({ index, job }: { index: number; job: Job }) => {
  // A rejection ends the thread with this very error, which the pool hands on.
  parentPort!.postMessage({ index, photos: await runJob(job) });
});
