import { defineCommand } from '../cli/command.ts';
import { createProgress } from '../cli/progress.ts';

interface Options {
  from: string;
  to: string;
}

const isBucket = (text: string): boolean => /^(s3|obs):\/\//i.test(text);

export const storageCopyCommand = defineCommand<Options>({
  path: ['storage', 'copy'],
  summary: 'copies a folder to object storage, or from there',
  description:
    'In parallel, large files in parts; what is there with the same SHA-256 is passed over, so that a copy that was broken off ' +
    'goes on. Credentials come from where the SDK looks for them.',
  examples: [
    ['semblance storage copy photos/ s3://bucket/photos', 'up'],
    ['semblance storage copy s3://bucket/models/V0003 models/V0003', 'down, each file held against its hash'],
  ],
  configure(command) {
    command
      .argument('<from>', 'a folder, or s3://bucket/prefix, obs://bucket/prefix')
      .argument('<to>', 'the same; one of the two is a folder');
  },
  async run({ from, to }, io) {
    const { SemblanceError } = await import('@semblance/core');
    const { copyDown, copyUp, openLocation, parseLocation } = await import('@semblance/jobs/storage');
    if (isBucket(from) && isBucket(to)) {
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        'one of the two must be a folder: copy to one, and on from there',
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
        `${report.files} files, ${report.sizeBytes} bytes, ${report.skippedBytes} of them there already`,
      );
      return 0;
    } finally {
      progress.end();
      await storage.close();
    }
  },
});
