import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { siblingModule } from '@semblance/core';
import { type Job, runJob, type WrittenPhoto } from './jobs.ts';

export interface PoolOptions {
  /** Threads; 1 works in this thread. As many as there are cores if not given. */
  workers?: number;
  onJob?: (jobsDone: number) => void;
}

/**
 * Runs jobs in threads and returns their results in the order of the jobs, whichever thread was first.
 * @throws what the first failing job threw; the others are given up.
 */
export async function runJobs(jobs: readonly Job[], options: PoolOptions = {}): Promise<WrittenPhoto[]> {
  const count = Math.min(jobs.length, options.workers ?? availableParallelism());
  const results: WrittenPhoto[][] = new Array(jobs.length);
  let done = 0;
  if (count <= 1) {
    for (const [i, job] of jobs.entries()) {
      results[i] = await runJob(job);
      options.onJob?.(++done);
    }
    return results.flat();
  }
  const workers = Array.from({ length: count }, () => new Worker(siblingModule(import.meta.url, './worker')));
  let next = 0;
  try {
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve, reject) => {
            const give = () => {
              if (next >= jobs.length) return resolve();
              const index = next++;
              worker.postMessage({ index, job: jobs[index] });
            };
            worker.on('message', ({ index, photos }: { index: number; photos: WrittenPhoto[] }) => {
              results[index] = photos;
              options.onJob?.(++done);
              give();
            });
            worker.once('error', reject);
            worker.once('exit', (code) => reject(new Error(`a rendering thread ended with code ${code}`)));
            give();
          }),
      ),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results.flat();
}
