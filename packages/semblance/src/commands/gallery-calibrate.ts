import { formatFacts, percent } from '@semblance/core/table';
import type { CalibrateOptions, Gallery } from '@semblance/face/gallery';
import { defineCommand } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';
import { numberOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';
import { onePhotoEach } from '../evaluate/one-photo-each.ts';
import { addEmbeddingOptions, type EmbeddingOptions, withEmbedding } from '../evaluate/options.ts';
import { sayMissed } from '../evaluate/say-missed.ts';

interface Options extends Omit<EmbeddingOptions, 'data'> {
  gallery?: string;
  fpir?: number;
  far?: number;
  strangers?: string;
}

export const galleryCalibrateCommand = defineCommand<Options>({
  path: ['gallery', 'calibrate'],
  opensGalleries: true,
  summary: 'finds the threshold at which strangers are told from the gallery’s people',
  description:
    'By the gallery’s own people, each of whom is a stranger to the others, or better by --strangers: people who are ' +
    'not in it, one photo of each. Says how sure the threshold is, and keeps it: it is carried on as the gallery grows ' +
    'and shrinks, and recognize says beside each score how often a stranger would score so high. Take 1,000 strangers ' +
    'for --fpir 0.01: ten of them are then above the threshold.',
  examples: [
    ['semblance gallery calibrate people --fpir 0.01', 'one stranger in 100 may be taken for somebody'],
    [
      'semblance gallery calibrate people --strangers lfw/ --fpir 0.001',
      'by photos of others, a folder per person; people with a name of the gallery are left out',
    ],
    ['semblance gallery calibrate people --far 1e-5', 'one pair of different people in 100,000, at any size'],
  ],
  configure(command) {
    command
      .argument('[gallery]', 'a name or a folder (default: the only gallery that has a name)')
      .addOption(
        numberOption('--fpir <share>', 'share of strangers that may be taken for somebody (default: 0.01)', {
          min: 1e-6,
          max: 0.5,
        }),
      )
      .addOption(
        numberOption('--far <share>', 'share of pairs of different people that may be taken for one', {
          min: 1e-12,
          max: 0.5,
        }),
      )
      .option('--strangers <dir>', 'a folder with one folder per person who is not in the gallery');
    addEmbeddingOptions(command);
  },
  async run({ gallery: given, fpir, far, strangers, ...options }, io) {
    if (fpir !== undefined && far !== undefined)
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        '--fpir and --far say the same thing: give one of them',
      );
    const { findGallery, Gallery, galleryKeys } = await import('@semblance/face/gallery');
    await using gallery = await Gallery.open(await findGallery(given, io.env), {
      keys: galleryKeys({}, io.env),
    });
    const asked = strangers === undefined ? null : await embedStrangers(gallery, strangers, options, io);
    const report = await gallery.calibrate({
      ...(far === undefined ? { fpir } : { far }),
      ...(asked ? { strangers: asked.strangers } : {}),
    });
    const missed = asked?.numMissed ?? 0;
    if (options.format === 'json') io.out(JSON.stringify({ ...report, missed }));
    else {
      const { threshold, basis, thresholdInterval, fpirInterval, ofNextThousand } = report;
      const [low, high] = thresholdInterval.map((value) => value.toFixed(3));
      const facts = formatFacts({
        threshold: `${threshold.toFixed(3)} (95 %: ${low} to ${high})`,
        found: basis,
        'strangers taken for somebody': `${percent(report.fpir)} (95 %: ${fpirInterval.map(percent).join(' to ')})`,
        'of the next 1,000': `${ofNextThousand.map(Math.round).join(' to ')} (95 %)`,
      });
      for (const line of facts) io.out(line);
    }
    return missed > 0 ? 3 : 0;
  },
});

/** One photo each of people who are not in the gallery: several of one person say the same thing again. */
async function embedStrangers(
  gallery: Pick<Gallery, 'meta' | 'has'>,
  folder: string,
  options: Omit<Options, 'gallery' | 'fpir' | 'far' | 'strangers'>,
  io: Io,
): Promise<{ strangers: NonNullable<CalibrateOptions['strangers']>; numMissed: number }> {
  const { basename, resolve } = await import('node:path');
  const { modelsOfGallery } = await import('@semblance/face/gallery');
  const { readPersonFolders } = await import('@semblance/lab/datasets');
  const { embedPhotos } = await import('@semblance/lab/evaluate');
  const { people } = await readPersonFolders(folder);
  const others = people.filter(({ name }) => !gallery.has(name));
  if (others.length < people.length)
    io.err(`${people.length - others.length} people of ${folder} are in the gallery, and no strangers`);
  const photos = onePhotoEach(others);
  const models = await modelsOfGallery(gallery.meta, options, io.env);
  const using = { ...options, ...(options.crops ? { recognizer: models.recognizer } : models) };
  const { embeddings, missed } = await withEmbedding(using, photos.length, io, (parts) => {
    if (parts.recognizer.id === gallery.meta.modelId) return embedPhotos(photos, parts);
    throw new SemblanceError(
      'GALLERY_MODEL_MISMATCH',
      `the gallery was built with ${gallery.meta.modelId}, but the recognizer is ${parts.recognizer.id}`,
    );
  });
  sayMissed(io, missed);
  return {
    strangers: { embeddings: [...embeddings.values()], data: basename(resolve(folder)) },
    numMissed: missed.length,
  };
}
