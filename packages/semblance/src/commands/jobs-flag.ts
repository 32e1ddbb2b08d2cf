import type { Marks } from '@semblance/jobs';
import { type CommandSpec, defineCommand } from '../cli/command.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  versions: string[];
  off?: boolean;
}

/** A command that switches a mark of versions on or off. */
function flagCommand(
  word: 'star' | 'pin',
  { summary, description, does }: { summary: string; description: string; does: string },
): CommandSpec {
  const marks = (isOn: boolean): Marks => (word === 'star' ? { isStarred: isOn } : { isPinned: isOn });
  return defineCommand<Options>({
    path: ['jobs', word],
    summary,
    description,
    examples: [
      [`semblance jobs ${word} faces/V0003`, does],
      [`semblance jobs ${word} faces/V0003 faces/V0004 --off`, 'takes it back'],
    ],
    configure(command) {
      command
        .argument('<versions...>', 'JOB/V0001, …, or JOB for its newest version')
        .option('--off', 'takes it back');
      addStoreOption(command);
    },
    run: (options, io) =>
      withJobs(options, io, async (jobs) => {
        const { fullName } = await import('@semblance/jobs');
        // all are found before the first is changed
        const versions = await Promise.all(options.versions.map((reference) => jobs.find(reference)));
        for (const version of versions) {
          await jobs.mark(version, marks(options.off !== true));
          io.out(fullName(version));
        }
        return 0;
      }),
  });
}

export const jobsStarCommand = flagCommand('star', {
  summary: 'marks versions with a star',
  description: 'semblance jobs list --starred shows only these.',
  does: 'marks one',
});

export const jobsPinCommand = flagCommand('pin', {
  summary: 'pins versions: first in lists, and the baseline of comparisons',
  description: 'A comparison shows what differs from the pinned version.',
  does: 'makes it the baseline',
});
