import { join } from 'node:path';
import { formatFacts, percent } from '@semblance/core/table';
import type { IdentificationPlan, IdentificationResult } from '@semblance/lab/evaluate';
import { identificationColumns } from '@semblance/lab/tables';
import { defineCommand } from '../cli/command.ts';
import { numberOption } from '../cli/options.ts';
import { enrolOption, fpirsOption } from '../evaluate/gallery-options.ts';
import { groupsText } from '../evaluate/groups-text.ts';
import { addMeasureOptions, type EmbeddingOptions, withEmbedding } from '../evaluate/options.ts';
import { sayMissed } from '../evaluate/say-missed.ts';

interface Options extends EmbeddingOptions {
  enrol: number;
  minPhotos: number;
  strangers?: string;
  pool?: boolean;
  templates?: string;
  fpirs: number[];
}

export const evaluateIdentificationCommand = defineCommand<Options>({
  path: ['evaluate', 'identification'],
  summary: 'measures how well people are found in a gallery (1:N)',
  description:
    'Enrolls the first photos of each person and looks up the others: rank-1 accuracy and the CMC. With ' +
    '--strangers it also reports open-set rates as ISO/IEC 19795 defines them: TPIR at a given FPIR, with ' +
    'thresholds chosen on half of the strangers and rates reported on the other half. Intervals are 95 %, from a ' +
    'bootstrap over people. A photo without a face counts as a miss.',
  examples: [
    [
      'semblance evaluate identification --data lfw/ --min-photos 10 --enrol 1 --strangers lfw/ --detector d.onnx --recognizer r.onnx',
      'people with at least 10 photos are enrolled with one; everybody else is a stranger',
    ],
    [
      'semblance evaluate identification --data crops/ --enrol 5 --crops --recognizer models/recognizer --format json',
      'aligned faces, five photos enrolled of each person, one JSON object',
    ],
    [
      'semblance evaluate identification --data ijb/ --templates templates.csv --crops --recognizer r.onnx --report report/',
      'templates.csv: template,subject,photo,medium,role (gallery or probe)',
    ],
  ],
  configure(command) {
    command
      .requiredOption(
        '--data <dir>',
        'a folder with one folder per person; with --templates, the folder that its photo paths start from',
      )
      .addOption(enrolOption())
      .addOption(
        numberOption('--min-photos <n>', 'ignores people with fewer photos', { min: 2, max: 1e6 }).default(2),
      )
      .option('--strangers <dir>', 'a folder per person; those who are not enrolled count as strangers')
      .option('--pool', 'merges a person’s enrolled photos into one template')
      .option('--templates <file>', 'a CSV of IJB-style templates instead of a folder per person')
      .addOption(fpirsOption([0.1, 0.05, 0.01]));
    addMeasureOptions(command);
  },
  async run(options, io) {
    const { embedPhotos, measureIdentification, photosOfPlan, readAttributes } = await import(
      '@semblance/lab/evaluate'
    );
    const plan = await planOf(options);
    const attributes = options.groups === undefined ? null : await readAttributes(options.groups);
    const photos = photosOfPlan(plan);
    const embedded = await withEmbedding(options, photos.length, io, (using) => embedPhotos(photos, using));
    const { missed } = embedded;
    sayMissed(io, missed);

    const { result: metrics, looked } = await measureIdentification(
      plan,
      embedded,
      options.fpirs,
      attributes,
    );
    const result = { ...metrics, images: photos.length, missed: missed.length };
    if (options.report !== undefined) {
      const report = await import('@semblance/lab/evaluate');
      const { writeReport } = await import('@semblance/lab/evaluate');
      const { csvText } = await import('@semblance/lab/tables');
      const html = await report.identificationReport(metrics, looked, plan);
      const head = ['photo', 'person', 'known', 'candidate', 'similarity'];
      const scores = looked.map(({ photo, person, subject, candidates: [best] }) => [
        photo,
        person,
        subject === null ? 0 : 1,
        best?.subject ?? '',
        best?.similarity.toFixed(6) ?? '',
      ]);
      const facts = { ...result, curve: report.identificationCurve(looked), missed };
      await writeReport(options.report, html, facts, { 'scores.csv': csvText([head, ...scores]) });
      io.err(`report: ${join(options.report, 'report.html')}`);
    }
    if (options.format === 'json') io.out(JSON.stringify(result));
    else for (const line of factsOf(result)) io.out(line);
    return missed.length > 0 ? 3 : 0;
  },
});

async function planOf(options: Options): Promise<IdentificationPlan> {
  if (options.templates !== undefined) {
    const { readTemplatePlan } = await import('@semblance/lab/evaluate');
    return readTemplatePlan(options.templates, options.data);
  }
  const { readPersonFolders } = await import('@semblance/lab/datasets');
  const { planIdentification } = await import('@semblance/lab/evaluate');
  const { people } = await readPersonFolders(options.data);
  const others = options.strangers === undefined ? [] : (await readPersonFolders(options.strangers)).people;
  return planIdentification(people, others, {
    numEnrolled: options.enrol,
    minPhotos: options.minPhotos,
    isPooled: options.pool ?? false,
  });
}

function factsOf(result: IdentificationResult & { images: number; missed: number }): string[] {
  const interval = (values: readonly [number, number]): string => `95 %: ${values.map(percent).join(' to ')}`;
  const rates = Object.entries(result.openSet?.atFpir ?? {}).map(([fpir, at]) => [
    `TPIR at FPIR ${fpir}`,
    `${percent(at.tpir)} (${interval(at.tpirInterval)}; threshold ${at.threshold.toFixed(3)}, FPIR found ${percent(at.fpir)})`,
  ]);
  const own = result.openSet?.atGalleryThreshold;
  const estimated = own
    ? {
        'at the estimated threshold': `TPIR ${percent(own.tpir)}, FPIR ${percent(own.fpir)} (${own.threshold.toFixed(3)})`,
      }
    : {};
  const facts = formatFacts({
    'rank 1': `${percent(result.rank1)} of ${result.probes} probes (${interval(result.rank1Interval)})`,
    'rank 5': percent(result.cmc[4]!),
    ...Object.fromEntries(rates),
    ...estimated,
    people: `${result.subjects} enrolled with ${result.enrolledFaces} templates, ${result.strangers} strangers`,
    photos: `${result.images} (${result.missed} missed)`,
  });
  return result.groups ? [...facts, ...groupsText(result.groups, identificationColumns)] : facts;
}
