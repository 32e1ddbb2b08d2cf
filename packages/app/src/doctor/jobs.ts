import { access, constants, mkdir } from 'node:fs/promises';
import { missingLimits } from '../jobs/executor/limits.ts';
import { defaultJobsDir, JobService } from '../jobs/index.ts';
import { listGpus } from '../jobs/record/environment.ts';
import { type Check, limited, ok } from './check.ts';

/** Whether jobs can run here, and what runs. */
export const jobStore: Check = {
  name: 'jobs',
  async run() {
    if (process.platform !== 'linux') return limited(`run on Linux, not on ${process.platform}`);
    const dir = defaultJobsDir();
    try {
      await mkdir(dir, { recursive: true });
      await access(dir, constants.W_OK);
    } catch (error) {
      return limited(
        `${dir} cannot be written: ${(error as Error).message}`,
        'export SEMBLANCE_HOME=/a/folder/of/yours',
      );
    }
    await using jobs = new JobService({ home: dir });
    const numVersions = (await jobs.jobs()).reduce((sum, job) => sum + job.numVersions, 0);
    const numActive = (await jobs.list({ states: ['pending', 'running'] })).length;
    const gpus = await listGpus();
    const facts = [
      dir,
      `${numVersions} versions, ${numActive} of them wait or run`,
      ...(gpus.length > 0 ? [`${gpus.length} GPUs`] : []),
      ...missingLimits().map((what) => `not limited: ${what}`),
    ];
    return ok(facts.join('; '));
  },
};
