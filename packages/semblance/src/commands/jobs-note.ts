import { defineCommand } from '../cli/command.ts';
import { printable } from '../cli/printable.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  text?: string;
  append?: boolean;
}

export const jobsNoteCommand = defineCommand<Options>({
  path: ['jobs', 'note'],
  summary: 'writes a note about a version, or prints it',
  examples: [
    ['semblance jobs note faces/V0003 "overfits after epoch 4"', 'replaces the note'],
    ['semblance jobs note faces/V0003 "better with warmup" --append', 'adds a line to it'],
    ['semblance jobs note faces/V0003', 'prints it'],
    ['semblance jobs note faces/V0003 ""', 'clears it'],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, or JOB for its newest version')
      .argument('[text]', 'the note')
      .option('--append', 'adds the text as a line');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const version = await jobs.find(options.version);
      const { text } = options;
      if (text === undefined) {
        for (const line of version.note === '' ? [] : version.note.split('\n')) io.out(printable(line));
        return 0;
      }
      const before = options.append && version.note !== '' ? `${version.note}\n` : '';
      await jobs.mark(version, { note: before + text });
      return 0;
    }),
});
