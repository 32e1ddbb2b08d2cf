import { fitTable } from '@semblance/core/table';
import type { VersionSpec } from '@semblance/jobs';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { printable } from '../cli/printable.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  format: 'table' | 'json';
}

export const jobsTemplatesCommand = defineCommand<Options>({
  path: ['jobs', 'templates'],
  summary: 'lists templates: what they run, with which parameters',
  examples: [
    ['semblance jobs templates', 'then: semblance jobs create faces --template NAME'],
    ['semblance jobs templates --format json', 'one JSON object per line, with everything a template holds'],
  ],
  configure(command) {
    command.addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const templates = await jobs.templates.list();
      if (options.format === 'json') for (const template of templates) io.out(JSON.stringify(template));
      else if (templates.length === 0)
        io.err('no templates yet: semblance jobs save-template JOB/V0001 NAME');
      else {
        const rows = templates.map(({ name, spec }) => [name, spec.task, commandText(spec)]);
        for (const line of fitTable([['template', 'task', 'what it runs'], ...rows], io.outColumns))
          io.out(printable(line));
      }
      return 0;
    }),
});

function commandText({ task, command, options, parameters }: VersionSpec): string {
  const own =
    task === 'custom' ? command : Object.entries(options).map(([name, value]) => `--${name} ${value}`);
  return [...own, ...Object.entries(parameters).map(([key, value]) => `${key}=${value}`)].join(' ');
}
