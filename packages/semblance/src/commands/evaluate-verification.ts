import { basename, join } from 'node:path';
import { formatFacts, percent } from '@semblance/core/table';
import type { ProtocolName, VerificationResult } from '@semblance/lab/evaluate';
import { verificationColumns } from '@semblance/lab/tables';
import { defineCommand } from '../cli/command.ts';
import { numberOption, numbersOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';
import { groupsText, spreadText } from '../evaluate/groups-text.ts';
import { addMeasureOptions, type EmbeddingOptions, withEmbedding } from '../evaluate/options.ts';
import { sayMissed } from '../evaluate/say-missed.ts';

interface Options extends Omit<EmbeddingOptions, 'data'> {
  data?: string;
  pairs?: string;
  protocol?: ProtocolName;
  groupFmr?: number;
  fars: number[];
  templates?: string;
}

/** What --help says; where to get each is in the documentation, and in the error where its files are missing. */
const protocolHelp = [
  ...['lfw', 'cfp-fp (profile)', 'agedb-30 (30 years)', 'calfw (ages)', 'cplfw (poses)'],
  ...['rfw (four groups)', 'xqlfw (quality)'],
];

export const evaluateVerificationCommand = defineCommand<Options>({
  path: ['evaluate', 'verification'],
  summary: 'measures how well a recognizer compares two photos (1:1)',
  description:
    'Follows the ten-fold protocol of LFW: accuracy at thresholds chosen on the other folds, and the true-accept ' +
    'rate at given false-accept rates (VAL at FAR), with 95 % intervals from a bootstrap over people. A pair in ' +
    'which one photo shows no face counts as rejected. Pairs can be LFW’s pairs.txt, lines "pathA pathB 0|1", the' +
    ' lists of CFP, CALFW and CPLFW, or a verification set (.bin), which contains its photos. Embeddings are ' +
    'cached, so an interrupted run resumes.',
  examples: [
    [
      'semblance evaluate verification --pairs pairs.txt --data lfw/ --detector models/detector --recognizer models/recognizer',
      'photos as they come: faces are found, aligned and embedded',
    ],
    [
      'semblance evaluate verification --pairs pairs.csv --data crops/ --crops --recognizer r.onnx --format json',
      'faces that are aligned already, one JSON object',
    ],
    [
      'semblance evaluate verification --pairs agedb_30.bin --crops --recognizer models/recognizer',
      'a verification set of aligned faces',
    ],
    [
      'semblance evaluate verification --protocol rfw --data rfw/ --crops --recognizer models/recognizer --group-fmr 0.001',
      'a published test by its name; RFW’s four groups at one threshold',
    ],
    [
      'semblance evaluate verification --pairs pairs.txt --data lfw/ --detector d.onnx --recognizer r.onnx --groups people.csv --report report/',
      'error rates by group (people.csv: "name,gender", then "Anna_Karenina,f", …), and a report with curves and the worst pairs',
    ],
  ],
  configure(command) {
    command
      .option('--pairs <file>', 'the list of pairs, or a .bin')
      .option('--protocol <name>', `a published test in --data instead: ${protocolHelp.join(' · ')}`)
      .option('--data <dir>', 'the folder that the paths of the pairs start from; not for a .bin')
      .option(
        '--templates <file>',
        'a CSV of IJB-style templates (template,subject,photo,medium) that the pairs name',
      )
      .addOption(
        numbersOption('--fars <rates>', 'false-accept rates to report, separated by commas', {
          min: 0,
          max: 1,
        }).default([0.1, 0.01, 0.001], '0.1,0.01,0.001'),
      );
    addMeasureOptions(command);
    command.addOption(
      numberOption(
        '--group-fmr <rate>',
        'FMR over all pairs at which groups are compared (default: the folds’ threshold)',
        {
          min: 0,
          max: 1,
        },
      ),
    );
  },
  async run(options, io) {
    const {
      embedPhotos,
      measureVerification,
      readVerificationSet,
      embeddingsOf,
      firstPhotos,
      readAttributes,
    } = await import('@semblance/lab/evaluate');
    const { protocol } = options;
    if ((protocol === undefined) === (options.pairs === undefined))
      throw new SemblanceError('USAGE_MISSING_ARGUMENT', 'give either --pairs or --protocol');
    const published = protocol === undefined ? null : await openProtocol(protocol, options.data);
    const { pairs, photos, templates } =
      published?.set ?? (await readVerificationSet(options.pairs!, options.data, options.templates));
    const attributes =
      options.groups === undefined ? (published?.attributes ?? null) : await readAttributes(options.groups);
    const embedded = await withEmbedding(options, photos.length, io, (using) => embedPhotos(photos, using));
    const { missed } = embedded;
    const embeddings = templates ? embeddingsOf(templates, embedded) : embedded.embeddings;
    if (embeddings.size === 0) {
      throw new SemblanceError(
        'DATA_EMPTY',
        `none of the ${photos.length} photos gave a face: ${missed[0]!.message}`,
      );
    }
    sayMissed(io, missed);

    const { result: metrics, scored } = measureVerification(pairs, embeddings, {
      fars: options.fars,
      attributes,
      groupFmr: options.groupFmr,
    });
    const result = { ...metrics, images: photos.length, missed: missed.length };
    if (options.report !== undefined) {
      const { verificationCurves, verificationReport, worstOfBothKinds, writeReport } = await import(
        '@semblance/lab/evaluate'
      );
      const { csvText } = await import('@semblance/lab/tables');
      const title = `Verification: ${protocol ?? basename(options.pairs!)}`;
      const shown = templates ? firstPhotos(templates) : photos;
      const html = await verificationReport(metrics, scored, { photos: shown, title });
      const misses = await worstOfBothKinds(scored, shown);
      const facts = { ...result, curves: verificationCurves(scored), missed };
      const scores = scored.pairs.map(({ first, second, same }, i) => [
        first,
        second,
        same ? 1 : 0,
        scored.similarities[i]!.toFixed(6),
      ]);
      const head = ['first', 'second', 'same', 'similarity'];
      await writeReport(options.report, html, facts, {
        'scores.csv': csvText([head, ...scores]),
        'misses.json': JSON.stringify(misses),
      });
      io.err(`report: ${join(options.report, 'report.html')}`);
    }
    if (options.format === 'json') io.out(JSON.stringify(result));
    else for (const line of factsOf(result)) io.out(line);
    return missed.length > 0 ? 3 : 0;
  },
});

async function openProtocol(name: string, dir: string | undefined) {
  const { protocolNames, readProtocol } = await import('@semblance/lab/evaluate');
  const known = protocolNames.find((one) => one === name);
  if (!known)
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `Expected one of ${protocolNames.join(', ')} for --protocol but received "${name}".`,
    );
  if (dir === undefined)
    throw new SemblanceError(
      'USAGE_MISSING_ARGUMENT',
      `--protocol ${name} needs --data, the folder of its files`,
    );
  return readProtocol(known, dir);
}

function factsOf(result: VerificationResult & { images: number; missed: number }): string[] {
  const interval = (values: readonly [number, number] | undefined): string =>
    values ? ` (95 %: ${values.map(percent).join(' to ')})` : '';
  const tars = Object.entries(result.tarAtFar).map(([far, tar]) => [
    `TAR at FAR ${far}`,
    `${percent(tar)}${interval(result.tarAtFarInterval[far])}`,
  ]);
  const facts = formatFacts({
    accuracy: `${percent(result.accuracy)} ± ${(100 * result.accuracyStd).toFixed(2)}${interval(result.accuracyInterval)}`,
    ...Object.fromEntries(tars),
    'equal error rate': percent(result.eer),
    threshold: result.threshold.toFixed(4),
    pairs: `${result.pairs} in ${result.numFolds} folds`,
    photos: `${result.images} (${result.missed} missed)`,
  });
  if (!result.groups) return facts;
  const at = result.groupsAt!;
  const basis = at.fmr === null ? '' : `, FMR ${percent(at.fmr)} over all pairs`;
  return [
    ...facts,
    ...groupsText(result.groups, verificationColumns),
    '',
    `groups at threshold ${at.threshold.toFixed(4)}${basis}`,
    ...spreadText(result.groupSpread!),
  ];
}
