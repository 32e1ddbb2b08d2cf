import { formatFacts } from '@semblance/core/table';
import type { Inspection } from '@semblance/lab/curate';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, numberOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { sayFirst } from '../cli/say-first.ts';

interface Options {
  path: string;
  sample?: number;
  format: 'table' | 'json';
}

/** Notes that are said; --format json holds all. */
const MAX_NOTES = 20;

export const dataInspectCommand = defineCommand<Options>({
  path: ['data', 'inspect'],
  summary: 'shows what a set of photos contains and what is wrong with it',
  description:
    'Recognizes by content whether it is photos of people (a folder per person, RecordIO, tar), a verification ' +
    'set (.bin), a list of pairs or detection labels. It decodes the photos, counts people, sizes and identical ' +
    'files, and lists what cannot be read: exit code 3.',
  examples: [
    ['semblance data inspect people/', 'a folder per person; every photo is decoded'],
    [
      'semblance data inspect ms1m/train.rec --sample 5000',
      'a large RecordIO set; 5,000 of its photos are decoded',
    ],
    ['semblance data inspect lfw.bin --format json', 'a verification set, as JSON'],
  ],
  configure(command) {
    command
      .argument('<path>', 'the set: a folder or a file')
      .addOption(
        numberOption('--sample <photos>', 'decodes only this many photos, evenly spread', { min: 0 }),
      )
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ path, sample = Number.POSITIVE_INFINITY, format }, io) {
    const { recogniseDataset } = await import('@semblance/lab/datasets');
    const { inspect, histogramLines } = await import('@semblance/lab/curate');
    const progress = createProgress(io, 'looking');
    const found = await inspect(await recogniseDataset(path), path, sample, progress).finally(() =>
      progress.end(),
    );
    if (format === 'json') io.out(JSON.stringify(found));
    else {
      for (const line of formatFacts({ ...found.facts, ...photoFacts(found) })) io.out(line);
      if (found.histogram) {
        io.out(`${found.histogram.of}:`);
        for (const line of histogramLines(found.histogram.buckets)) io.out(line);
      }
      for (const note of found.notes.slice(0, MAX_NOTES)) io.err(`note: ${note}`);
      const unreadable = found.photos?.unreadable ?? [];
      const lines = unreadable.map(({ photo, code }) => `unreadable ${photo}: ${code}`);
      sayFirst(io, lines, ': --format json names all');
    }
    return (found.photos?.unreadable.length ?? 0) > 0 ? 3 : 0;
  },
});

function photoFacts({ photos }: Inspection): Record<string, string | number> {
  if (!photos || photos.checked === 0) return {};
  const readable = photos.checked - photos.unreadable.length;
  return {
    decoded: `${photos.checked} (${photos.unreadable.length} unreadable, ${photos.identical} identical to another)`,
    formats: Object.entries(photos.formats)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', '),
    sizes: photos.sizes.map(({ size, photos: count }) => `${size} (${count})`).join(', '),
    'bytes of a photo': readable > 0 ? Math.round(photos.bytes / readable) : 0,
  };
}
