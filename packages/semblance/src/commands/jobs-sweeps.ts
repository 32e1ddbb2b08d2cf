import { formatTable } from '@semblance/core/table';
import type { SweepView } from '@semblance/jobs';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  sweep?: string;
  format: 'table' | 'json';
}

export const jobsSweepsCommand = defineCommand<Options>({
  path: ['jobs', 'sweeps'],
  summary: 'lists sweeps, or shows one: state, rounds and the best version',
  description: 'Stop a sweep with all of its versions: semblance jobs stop --sweep NUMBER.',
  examples: [
    ['semblance jobs sweeps', 'all sweeps, newest first'],
    ['semblance jobs sweeps faces', 'the newest sweep of a job, round by round'],
    ['semblance jobs sweeps 3 --format json', 'sweep 3 as one JSON object'],
  ],
  configure(command) {
    command
      .argument('[sweep]', 'number of a sweep, or a job for its newest')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      await jobs.wakeIfActive();
      const all =
        options.sweep === undefined ? await jobs.sweeps.list() : [await jobs.sweeps.find(options.sweep)];
      if (options.format === 'json') for (const sweep of all) io.out(JSON.stringify(sweep));
      else if (options.sweep !== undefined) for (const line of describe(all[0]!)) io.out(line);
      else if (all.length === 0) io.err('no sweeps yet: semblance jobs sweep JOB --grid key=a,b -- COMMAND');
      else {
        const head = ['sweep', 'job', 'state', 'versions', 'best', 'why'];
        const rows = all.map((sweep) => [
          sweep.id,
          sweep.job,
          sweep.state,
          sweep.rungs.reduce((sum, { versions }) => sum + versions.length, 0),
          sweep.best?.version ?? '',
          sweep.reason,
        ]);
        for (const line of formatTable([head, ...rows])) io.out(line);
      }
      return 0;
    }),
});

function describe({ id, job, state, reason, metric, mode, rungs, best }: SweepView): string[] {
  const head = ['round', 'versions', 'states'];
  const rows = rungs.map(({ budget, size, versions }, i) => {
    const states = Map.groupBy(versions, (version) => version.state);
    const text = [...states].map(([name, of]) => `${of.length} ${name}`).join(', ');
    return [budget || i + 1, `${versions.length} of ${size}`, text || 'not yet'];
  });
  return [
    `sweep ${id} of ${job}: ${state}${reason === '' ? '' : `: ${reason}`}`,
    ...(metric === null ? [] : [`decided by the ${mode === 'max' ? 'largest' : 'smallest'} ${metric}`]),
    ...formatTable([head, ...rows]),
    ...(best ? [`best  ${best.version}  ${metric} ${Number(best.value.toPrecision(6))}`] : []),
  ];
}
