import { defineCommand } from '../cli/command.ts';

interface Options {
  out: string;
  state?: string;
}

export const stateBackupCommand = defineCommand<Options>({
  path: ['state', 'backup'],
  summary: 'copies what a service keeps, also while it serves',
  description:
    'Keys, deployments, the models and galleries that they name, and the audit. Whoever is erased later stays in the backup: ' +
    'delete backups when they are old.',
  examples: [['semblance state backup /backups/monday', 'makes that folder']],
  configure(command) {
    command
      .argument('<out>', 'the folder to make')
      .option('--state <dir>', 'the folder of the service (default: ~/.semblance/service)');
  },
  async run({ out, state }, io) {
    const { backUp } = await import('@semblance/serve/backup');
    const { defaultServiceDir } = await import('@semblance/serve');
    const { files, galleries } = await backUp({ stateDir: state ?? defaultServiceDir(io.env), out });
    const numFiles = Object.keys(files).length;
    io.out(
      `${out}: ${numFiles} files, ${galleries.length} ${galleries.length === 1 ? 'gallery' : 'galleries'} among them`,
    );
    return 0;
  },
});
