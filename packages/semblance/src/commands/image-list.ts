import { formatTable } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { megabytes } from '../cli/progress.ts';
import { addLayoutOption, type LayoutOptions, openLayout } from '../image/options.ts';

interface Options extends LayoutOptions {
  format: 'table' | 'json';
}

export const imageListCommand = defineCommand<Options>({
  path: ['image', 'list'],
  summary: 'lists the images of this machine',
  examples: [['semblance image list', 'names, platforms, sizes']],
  configure(command) {
    addLayoutOption(command).addOption(
      choiceOption('--format <format>', 'table or json', ['table', 'json'], 'table'),
    );
  },
  async run({ format, ...options }, io) {
    const { inspectImage } = await import('@semblance/jobs/image');
    const layout = await openLayout(options, io);
    const images = await Array.fromAsync((await layout.images()).keys(), (name) =>
      inspectImage(layout, name),
    );
    if (format === 'json') for (const image of images) io.out(JSON.stringify(image));
    else if (images.length > 0) {
      const rows = images.flatMap(({ name, platforms }) =>
        platforms.map(({ architecture, sizeBytes, digest }) => [
          name,
          architecture,
          megabytes(sizeBytes),
          digest,
        ]),
      );
      for (const line of formatTable([['name', 'platform', 'size', 'digest'], ...rows])) io.out(line);
    }
    if (images.length === 0) io.err(`no image in ${layout.dir}: semblance image build or pull makes one`);
    return 0;
  },
});
