import { existsSync } from 'node:fs';
import { defaultJobsDir, givenGpus, JobService, listGpus, missingLimits, storePaths } from '@semblance/jobs';
import { type Check, limited, ok } from './check.ts';

/** Whether jobs can run here, and what runs. */
export const jobStore: Check = {
  name: 'jobs',
  async run() {
    if (process.platform !== 'linux') return limited(`run on Linux, not on ${process.platform}`);
    const dir = defaultJobsDir();
    const gpus = await listGpus();
    const given = givenGpus(gpus, process.env);
    const machine = [
      ...(gpus.length + given.length > 0
        ? [
            `GPUs for jobs: ${given.join(', ') || 'none'} (${gpus.map(({ name }) => name).join(', ') || 'not seen by nvidia-smi'})`,
          ]
        : []),
      ...missingLimits().map((what) => `not limited: ${what}`),
    ];
    if (!process.env.SEMBLANCE_STORE && !existsSync(storePaths(dir).database))
      return ok([`none yet; they go to ${dir}`, ...machine].join('; '));
    await using jobs = await JobService.open({ home: dir });
    const numVersions = (await jobs.jobs()).reduce((sum, job) => sum + job.numVersions, 0);
    const numActive = (await jobs.list({ states: ['pending', 'running'] })).length;
    const facts = [dir, `${numVersions} versions, ${numActive} of them wait or run`, ...machine];
    return ok(facts.join('; '));
  },
};
