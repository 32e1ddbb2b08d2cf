import { formatFacts, formatTable } from '@semblance/core/table';
import type { PlatformFacts } from '@semblance/jobs/image';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { megabytes } from '../cli/progress.ts';
import { addLayoutOption, type LayoutOptions, openLayout } from '../image/options.ts';

interface Options extends LayoutOptions {
  name: string;
  format: 'table' | 'json';
}

export const imageInspectCommand = defineCommand<Options>({
  path: ['image', 'inspect'],
  summary: 'shows what is in an image: layers, hashes, labels',
  examples: [
    ['semblance image inspect semblance:serve', 'its layers with their sizes, and its labels'],
    ['semblance image inspect faces:1 --format json', 'the same for programs'],
  ],
  configure(command) {
    addLayoutOption(command.argument('<name>', 'an image of this machine')).addOption(
      choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'),
    );
  },
  async run({ name, format, ...options }, io) {
    const { inspectImage } = await import('@semblance/jobs/image');
    const facts = await inspectImage(await openLayout(options, io), name);
    if (format === 'json') io.out(JSON.stringify(facts));
    else for (const platform of facts.platforms) for (const line of linesOf(platform)) io.out(line);
    return 0;
  },
});

function linesOf({
  architecture,
  digest,
  sizeBytes,
  user,
  entrypoint,
  command,
  labels,
  layers,
}: PlatformFacts) {
  const rows = layers.map((layer) => [
    layer.title,
    megabytes(layer.sizeBytes),
    layer.digest,
    layer.fingerprint ?? '',
  ]);
  return [
    ...formatFacts({
      platform: `linux/${architecture}`,
      digest,
      size: megabytes(sizeBytes),
      user,
      entrypoint: entrypoint.join(' '),
      command: command.join(' '),
    }),
    '',
    ...formatTable([['layer', 'size', 'digest', 'fingerprint'], ...rows]),
    '',
    ...formatFacts(labels),
    '',
  ];
}
