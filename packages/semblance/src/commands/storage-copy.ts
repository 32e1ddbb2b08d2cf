import { defineCommand } from '../cli/command.ts';
import { createProgress } from '../cli/progress.ts';

interface Options {
  from: string;
  to: string;
}

const isBucket = (text: string): boolean => /^(s3|obs):\/\//i.test(text);

export const storageCopyCommand = defineCommand<Options>({
  path: ['storage', 'copy'],
  summary: 'copies a folder to or from object storage',
  description:
    'Copies files in parallel, and large ones in parts. Files that are already there with the same SHA-256 are ' +
    'skipped, so an interrupted copy resumes. Credentials come from the environment, the shared AWS files or the ' +
    'machine’s role.',
  examples: [
    ['semblance storage copy photos/ s3://bucket/photos', 'uploads a folder'],
    [
      'semblance storage copy s3://bucket/models/V0003 models/V0003',
      'downloads a folder and checks the hash of each file',
    ],
  ],
  configure(command) {
    command
      .argument('<from>', 'a folder, s3://bucket/prefix or obs://bucket/prefix')
      .argument('<to>', 'likewise; one of the two must be a folder');
  },
  async run({ from, to }, io) {
    const { SemblanceError } = await import('@semblance/core');
    const { copyDown, copyUp, openLocation, parseLocation } = await import('@semblance/jobs/storage');
    if (isBucket(from) && isBucket(to)) {
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        'one of the two must be a folder: copy to a folder first, and from there',
      );
    }
    const progress = createProgress(io, 'copying');
    const onProgress = ({ doneFiles, totalFiles }: { doneFiles: number; totalFiles: number }) =>
      progress.update(doneFiles, totalFiles);
    const storage = await openLocation(isBucket(from) ? from : to, { env: io.env });
    try {
      const report = isBucket(from)
        ? await copyDown(storage, parseLocation(to).prefix, { onProgress })
        : await copyUp(parseLocation(from).prefix, storage, { onProgress });
      progress.end();
      io.out(
        `${report.files} files, ${report.sizeBytes} bytes, ${report.skippedBytes} of them were already there`,
      );
      return 0;
    } finally {
      progress.end();
      await storage.close();
    }
  },
});
