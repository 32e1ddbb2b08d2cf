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
  summary: 'stops a version that waits or runs',
  description:
    'Its processes are told to end, and killed after ten seconds. What it has written stays; a training that was ' +
    'stopped goes on by semblance jobs resume.',
  examples: [
    ['semblance jobs stop faces/V0003', 'and waits until nothing of it runs any more'],
    ['semblance jobs stop faces --no-wait', 'the newest version, without waiting'],
  ],
  configure(command) {
    command
      .argument('<version>', 'job/V0001, or a job for its newest')
      .option('--no-wait', 'returns at once');
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
