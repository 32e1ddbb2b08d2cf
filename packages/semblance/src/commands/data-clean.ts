import { basename, join } from 'node:path';
import { formatFacts } from '@semblance/core/table';
import type { CleanResult } from '@semblance/lab/curate';
import { defineCommand } from '../cli/command.ts';
import { addEmbeddingOptions, type EmbeddingOptions, withEmbedding } from '../evaluate/options.ts';

interface Options extends EmbeddingOptions {
  out: string;
}

export const dataCleanCommand = defineCommand<Options>({
  path: ['data', 'clean'],
  summary: 'finds wrong names, odd photos and near-duplicates in a set of people',
  description:
    'Writes report.html with the photos, report.json and suspects.csv. Nothing is deleted or moved: you decide. A' +
    ' mislabel is much more like another person than like its own; an outlier is as unlike its own person as a ' +
    'stranger would be; near-duplicates are almost the same picture. Embeddings are cached, so a second run is ' +
    'quick.',
  examples: [
    [
      'semblance data clean --data crops/ --crops --recognizer models/recognizer --out report',
      'faces that are aligned already',
    ],
    [
      'semblance data clean --data photos/ --detector models/detector --recognizer models/recognizer --out report',
      'photos as they come; faces are found and aligned first',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--data <path>', 'photos of people: a folder per person, a RecordIO set or a tar file')
      .requiredOption('--out <dir>', 'where the report goes');
    addEmbeddingOptions(command);
  },
  async run(options, io) {
    const { openImages, readPersonSource } = await import('@semblance/lab/datasets');
    const { embedPhotos, writeReport } = await import('@semblance/lab/evaluate');
    const { csvText } = await import('@semblance/lab/tables');
    const { findProblems, cleanReport } = await import('@semblance/lab/curate');
    const source = await readPersonSource(options.data);
    const images = openImages(source.images);
    // named by their place, since names of records and of members need not be paths
    const photos = Array.from(source.labels, (_, i) => ({
      name: String(i),
      path: images.label(i),
      read: () => images.read(i),
    }));
    const { embeddings, missed } = await withEmbedding(options, photos.length, io, (using) =>
      embedPhotos(photos, using),
    );
    const vectors = new Map([...embeddings].map(([name, vector]) => [Number(name), vector]));
    const named = missed.map(({ name, ...error }) => ({ photo: images.label(Number(name)), ...error }));
    const result = await findProblems(source, images, vectors, named);
    const html = await cleanReport(result, images, `Cleaning: ${basename(options.data)}`);
    await images.close();
    await writeReport(options.out, html, result, { 'suspects.csv': csvText(suspectRows(result)) });
    io.err(`report: ${join(options.out, 'report.html')}`);
    if (options.format === 'json') io.out(JSON.stringify(result));
    else for (const line of formatFacts(factsOf(result))) io.out(line);
    return missed.length > 0 ? 3 : 0;
  },
});

const factsOf = (result: CleanResult): Record<string, string | number> => ({
  photos: `${result.photos} of ${result.people} people (${result.missed.length} without a face)`,
  mislabels: result.mislabels.length,
  outliers: result.outliers.length,
  'near-duplicates': `${result.duplicates.reduce((sum, group) => sum + group.length - 1, 0)} in ${result.duplicates.length} groups`,
  'people who may be one': result.samePeople.length,
});

/** A line for each photo and what is suspected; of near-duplicates, those beyond the first of their group. */
function suspectRows(result: CleanResult): (string | number)[][] {
  const suspects = [
    ...result.mislabels.map((suspect) => ({ kind: 'mislabel', ...suspect })),
    ...result.outliers.map((suspect) => ({ kind: 'outlier', ...suspect })),
  ].map(({ kind, photo, person, similarity, other, otherSimilarity }) => [
    kind,
    photo,
    person,
    similarity,
    other,
    otherSimilarity,
  ]);
  const duplicates = result.duplicates.flatMap(([first, ...rest]) =>
    rest.map(({ photo, person }) => ['duplicate', photo, person, 1, first!.photo, 1]),
  );
  const head = ['kind', 'photo', 'person', 'similarity', 'other', 'otherSimilarity'];
  return [head, ...suspects, ...duplicates];
}
