import { setTimeout as sleep } from 'node:timers/promises';
import { defineCommand } from '../cli/command.ts';
import { stopSignal } from '../cli/stop-signal.ts';
import { asSemblanceError } from '../error.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

const LOOK_MS = 1000;

export const jobsSuperviseCommand = defineCommand<StoreOptions>({
  path: ['jobs', 'supervise'],
  summary: 'lets this machine run versions until it is stopped',
  description:
    'For machines that share a store: as soon as a version waits, from whichever machine, a supervisor runs here, and one that ' +
    'dies is started again. SEMBLANCE_JOB_SLOTS says how many versions run at a time. After SIGTERM or Ctrl-C what runs goes on.',
  examples: [
    [
      'semblance jobs supervise --jobs /shared/jobs --store postgres://semblance@db.example/jobs',
      'on each machine that is to work',
    ],
  ],
  configure: addStoreOption,
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      using stop = stopSignal((name) => io.err(`${name}: what runs goes on`));
      io.err(`runs the versions in ${jobs.home} that wait, until it is stopped`);
      let trouble = '';
      while (!stop.signal.aborted) {
        try {
          await jobs.wakeIfActive();
          trouble = '';
        } catch (error) {
          // a database that is away comes back
          const { code, message } = asSemblanceError(error);
          if (code !== trouble) io.err(`${code}: ${message}`);
          trouble = code;
        }
        await sleep(LOOK_MS, undefined, { signal: stop.signal }).catch(() => {}); // stopped: the loop sees it
      }
      return 0;
    }),
});
