import { join } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { createProgress, megabytes } from '../cli/progress.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends StoreOptions {
  version: string;
  patterns?: string[];
  out: string;
}

export const jobsDownloadCommand = defineCommand<Options>({
  path: ['jobs', 'download'],
  summary: 'copies artifacts of a version into a folder',
  description: 'Each file is held against the SHA-256 that was recorded. Prints the files that it wrote.',
  examples: [
    ['semblance jobs download faces/V0003 --out model-3', 'everything the version left'],
    ['semblance jobs download faces@production "model/*.onnx" --out .', 'only what matches'],
  ],
  configure(command) {
    command
      .argument('<version>', 'JOB/V0001, JOB@ALIAS, or JOB for its newest version')
      .argument('[patterns...]', 'paths, folders or globs among the artifacts that jobs show lists')
      .requiredOption('--out <dir>', 'folder to copy into');
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { artifactsOf } = await import('@semblance/jobs');
      const version = await jobs.find(options.version);
      const patterns = options.patterns ?? [];
      const total = artifactsOf(version, patterns).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      const progress = createProgress(io, 'download', { amount: megabytes });
      let done = 0;
      const onFile = ({ path, sizeBytes }: { path: string; sizeBytes: number }): void => {
        progress.update((done += sizeBytes), total);
        io.out(join(options.out, path));
      };
      try {
        await jobs.download(version, { out: options.out, patterns, onFile });
      } finally {
        progress.end();
      }
      return 0;
    }),
});
