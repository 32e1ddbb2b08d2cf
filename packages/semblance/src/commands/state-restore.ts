import { defineCommand } from '../cli/command.ts';

interface Options {
  backup: string;
  state?: string;
}

export const stateRestoreCommand = defineCommand<Options>({
  path: ['state', 'restore'],
  summary: 'puts a backup of a service back, into a folder that has none',
  description:
    'People who were erased after the backup was made are in it, and are known again: erase them again.',
  examples: [
    ['semblance state restore /backups/monday --state ./service', 'then start the service with that --state'],
  ],
  configure(command) {
    command
      .argument('<backup>', 'a folder that state backup made')
      .option('--state <dir>', 'the folder that the service is to have (default: ~/.semblance/service)');
  },
  async run({ backup, state }, io) {
    const { restore } = await import('@semblance/serve/backup');
    const { defaultServiceDir } = await import('@semblance/serve');
    const stateDir = state ?? defaultServiceDir(io.env);
    const { createdAt } = await restore({ backup, stateDir });
    io.out(`${stateDir} is as it was at ${createdAt}: whoever was erased since then is known again`);
    return 0;
  },
});
