import { availableParallelism } from 'node:os';
import { siblingModule } from '@semblance/core';
import { WorkerChannel } from '@semblance/core/channel';
import { type Job, runJob, type WrittenPhoto } from './jobs.ts';
import type { openRenderer } from './worker.ts';

export interface PoolOptions {
  /** Threads; 1 works in this thread. As many as there are cores if not given. */
  workers?: number;
  /** Called after each job with the number done, the job's place in the list and what it wrote. */
  onJob?: (jobsDone: number, job: number, written: WrittenPhoto[]) => void;
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
      options.onJob?.(++done, i, results[i]!);
    }
    return results.flat();
  }
  const module = siblingModule(import.meta.url, './worker');
  const threads = Array.from(
    { length: count },
    () => new WorkerChannel<typeof openRenderer>(module, { name: 'a rendering thread', data: null }),
  );
  let next = 0;
  const work = async (thread: WorkerChannel<typeof openRenderer>): Promise<void> => {
    while (next < jobs.length) {
      const i = next++;
      results[i] = await thread.call('run', jobs[i]!);
      options.onJob?.(++done, i, results[i]!);
    }
  };
  try {
    await Promise.all(threads.map(work));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  return results.flat();
}
