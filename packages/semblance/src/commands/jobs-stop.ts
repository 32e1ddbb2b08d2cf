import { setTimeout as sleep } from 'node:timers/promises';
import { defineCommand } from '../cli/command.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  sweep?: boolean;
  wait: boolean;
}

const POLL_MS = 100;

export const jobsStopCommand = defineCommand<Options>({
  path: ['jobs', 'stop'],
  summary: 'stops a version that is waiting or running, or a whole sweep',
  description:
    'Its processes get SIGTERM, and SIGKILL after ten seconds; a training gets a minute to write a checkpoint. ' +
    'Everything they have written stays. Resume with ' +
    'semblance jobs resume.',
  examples: [
    ['semblance jobs stop faces/V0003', 'stops it and waits until its processes have ended'],
    ['semblance jobs stop faces --no-wait', 'stops the newest version without waiting'],
    ['semblance jobs stop --sweep faces', 'stops the newest sweep of a job and all of its versions'],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, or JOB for its newest version; of a sweep its number or JOB')
      .option('--sweep', 'stops a sweep: it creates no more versions, and those it has are stopped')
      .option('--no-wait', 'returns without waiting');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName, isEnded } = await import('@semblance/jobs');
      const versions = options.sweep
        ? await jobs.sweeps.stop((await jobs.sweeps.find(options.version)).id)
        : [await jobs.find(options.version)];
      if (!options.sweep) await jobs.stop(versions[0]!);
      for (const version of versions) {
        let now = await jobs.store.get(version.id);
        while (options.wait && now && !isEnded(now.state)) {
          await sleep(POLL_MS);
          jobs.wake();
          now = await jobs.store.get(version.id);
        }
        io.out(`${fullName(version)} ${now && isEnded(now.state) ? now.state : 'is being stopped'}`);
      }
      const [{ sweep }] = versions.length > 0 ? versions : [{ sweep: null }];
      const isGoingOn = sweep && !options.sweep && (await jobs.store.sweep(sweep.id))?.isActive;
      if (isGoingOn)
        io.err(`its sweep goes on with the others: semblance jobs stop --sweep ${sweep.id} stops them all`);
      return 0;
    }),
});
