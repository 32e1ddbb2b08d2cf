import { setTimeout as sleep } from 'node:timers/promises';
import { defineCommand } from '../cli/command.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  wait: boolean;
}

const POLL_MS = 100;

export const jobsStopCommand = defineCommand<Options>({
  path: ['jobs', 'stop'],
  summary: 'stops a version that is waiting or running',
  description:
    'Its processes get SIGTERM, and SIGKILL after ten seconds. Everything they have written stays. Resume with ' +
    'semblance jobs resume.',
  examples: [
    ['semblance jobs stop faces/V0003', 'stops it and waits until its processes have ended'],
    ['semblance jobs stop faces --no-wait', 'stops the newest version without waiting'],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, or JOB for its newest version')
      .option('--no-wait', 'returns without waiting');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName, isEnded } = await import('@semblance/jobs');
      const version = await jobs.find(options.version);
      await jobs.stop(version);
      let now = await jobs.store.get(version.id);
      while (options.wait && now && !isEnded(now.state)) {
        await sleep(POLL_MS);
        jobs.wake();
        now = await jobs.store.get(version.id);
      }
      io.out(`${fullName(version)} ${now && isEnded(now.state) ? now.state : 'is being stopped'}`);
      return 0;
    }),
});
