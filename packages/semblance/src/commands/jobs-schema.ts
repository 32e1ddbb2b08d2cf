import { defineCommand } from '../cli/command.ts';
import { choiceArgument } from './jobs-option-kinds.ts';

interface Options {
  command: 'list' | 'show' | 'compare' | 'evaluate' | 'sweeps';
}

export const jobsSchemaCommand = defineCommand<Options>({
  path: ['jobs', 'schema'],
  summary: 'prints the JSON Schema of what a command prints with --format json',
  description: 'Fields may be added in later versions; those that there are keep their names and types.',
  examples: [['semblance jobs schema show', 'the schema of semblance jobs show --format json']],
  configure(command) {
    command.addArgument(
      choiceArgument('<command>', 'which command', ['list', 'show', 'compare', 'evaluate', 'sweeps']),
    );
  },
  async run({ command }, io) {
    const { jobSchema } = await import('@semblance/jobs');
    io.out(JSON.stringify(jobSchema(command), null, 2));
    return 0;
  },
});
