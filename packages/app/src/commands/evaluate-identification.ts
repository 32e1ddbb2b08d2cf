import { defineCommand } from '../cli/command.ts';
import { numberOption } from '../cli/options.ts';
import { formatFacts, percent } from '../cli/table.ts';
import { addEmbeddingOptions, type EmbeddingOptions, withEmbedding } from '../evaluate/options.ts';

interface Options extends EmbeddingOptions {
  enrol: number;
  minPhotos: number;
  strangers?: string;
}

const FPIRS = [0.1, 0.05, 0.01];

export const evaluateIdentificationCommand = defineCommand<Options>({
  path: ['evaluate', 'identification'],
  summary: 'measures how well people are found in a gallery (1:N)',
  description:
    'Enrols the first photos of each person and looks the others up: rank-1 and CMC. With --strangers also ' +
    'open-set rates in the terms of ISO/IEC 19795: TPIR at FPIR, thresholds chosen on one half of the strangers and ' +
    'reported on the other. A photo without a face counts as a miss.',
  examples: [
    [
      'semblance evaluate identification --data lfw/ --min-photos 10 --enrol 1 --strangers lfw/ --detector d.onnx --recognizer r.onnx',
      'people with 10 photos or more are enrolled by one; all the others are strangers',
    ],
    [
      'semblance evaluate identification --data crops/ --enrol 5 --crops --recognizer models/recognizer --format json',
      'aligned faces, five enrolled of each; one JSON object',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--data <dir>', 'a folder with one folder per person')
      .addOption(
        numberOption('--enrol <n>', 'photos of each person to enrol', { min: 1, max: 1000 }).default(1),
      )
      .addOption(
        numberOption('--min-photos <n>', 'leaves out people with fewer photos', { min: 2, max: 1e6 }).default(
          2,
        ),
      )
      .option('--strangers <dir>', 'a folder per person; those who are not enrolled are strangers');
    addEmbeddingOptions(command);
  },
  async run(options, io) {
    const face = await import('@semblance/face');
    const { embedPhotos } = await import('../evaluate/embed-photos.ts');
    const { measureIdentification, planIdentification } = await import('../evaluate/identification.ts');
    const { people } = await face.readPersonFolders(options.data);
    const others =
      options.strangers === undefined ? [] : (await face.readPersonFolders(options.strangers)).people;
    const plan = planIdentification(people, others, {
      numEnrolled: options.enrol,
      minPhotos: options.minPhotos,
    });
    const photos = [...plan.enrolled, ...plan.probes, ...plan.strangers].map(({ photo }) => photo);
    const { embeddings, missed } = await withEmbedding(options, io, (using) => embedPhotos(photos, using));
    for (const { name, code } of missed.slice(0, 10)) io.err(`missed ${name}: ${code}`);

    const { closed, openSet, ...rest } = await measureIdentification(plan, embeddings, FPIRS);
    const tpirs = Object.entries(openSet?.atFpir ?? {});
    const result = {
      rank1: closed.rank1,
      rank1Interval: closed.rank1Interval,
      cmc: closed.cmc,
      probes: closed.probes,
      tpirAtFpir: Object.fromEntries(tpirs.map(([fpir, { tpir }]) => [fpir, tpir])),
      openSet,
      ...rest,
      images: photos.length,
      missed: missed.length,
    };
    if (options.format === 'json') io.out(JSON.stringify(result));
    else {
      const rates = tpirs.map(([fpir, at]) => [
        `TPIR at FPIR ${fpir}`,
        `${percent(at.tpir)} (threshold ${at.threshold.toFixed(3)}, FPIR found ${percent(at.fpir)})`,
      ]);
      const own = openSet?.atGalleryThreshold;
      const lines = formatFacts({
        'rank 1': `${percent(closed.rank1)} of ${closed.probes} probes`,
        'rank 5': percent(closed.cmc[4]!),
        ...Object.fromEntries(rates),
        ...(own
          ? {
              'at the estimated threshold': `TPIR ${percent(own.tpir)}, FPIR ${percent(own.fpir)} (${own.threshold.toFixed(3)})`,
            }
          : {}),
        people: `${rest.subjects} enrolled by ${rest.enrolledFaces} photos, ${rest.strangers} strangers`,
        photos: `${photos.length} (${missed.length} missed)`,
      });
      for (const line of lines) io.out(line);
    }
    return missed.length > 0 ? 3 : 0;
  },
});
