import { basename, join } from 'node:path';
import { formatFacts, percent } from '@semblance/core/table';
import type { DetectionMetrics, Rule } from '@semblance/lab/evaluate';
import { recallColumns } from '@semblance/lab/tables';
import { defineCommand } from '../cli/command.ts';
import { detectorOption } from '../cli/model-options.ts';
import { choiceOption, numberOption, numbersOption, setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { SemblanceError } from '../error.ts';
import { groupsText } from '../evaluate/groups-text.ts';
import { detectorSettingsHelp, detectSettings } from '../faces/settings.ts';

interface Options {
  data: string;
  category?: string;
  detector?: string;
  groundTruth?: string;
  rule?: Rule;
  minFaces: number[];
  score: number;
  shortSides?: number[];
  longSide?: number;
  flip?: boolean;
  format: 'table' | 'json';
  report?: string;
  set?: Record<string, string>;
}

export const evaluateDetectionCommand = defineCommand<Options>({
  path: ['evaluate', 'detection'],
  summary: 'measures how well a detector finds faces',
  description:
    'Reports the average precision at IoU 0.5, and recall, precision and landmark errors at a score, by face size' +
    ' and by attribute. Labels: RetinaFace’s label.txt, SCRFD’s labelv2.txt or WIDER FACE’s *_bbx_gt.txt with ' +
    'images/ next to them, dlib’s XML, or COCO’s JSON. Faces below --min-faces and faces labelled invalid are ' +
    'ignored: they count neither as misses nor as mistakes. With --ground-truth it uses the official .mat files ' +
    'of WIDER FACE and reports easy, medium and hard.',
  examples: [
    [
      'semblance evaluate detection --data wider/val --ground-truth wider/ground_truth --detector models/detector --set scale=1',
      'easy, medium and hard of WIDER FACE, with photos at their own size',
    ],
    [
      'semblance evaluate detection --data wider/val --ground-truth wider/ground_truth --detector models/detector --short-sides 500,800,1100,1400,1700 --long-side 2150 --flip',
      'the same at five scales and mirrored, merged by box voting',
    ],
    [
      'semblance evaluate detection --data photos/label.txt --detector d.onnx --min-faces 0,16,24 --report report/',
      'an average precision for each size, and a report with the worst misses',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--data <path>', 'a label file, or the folder that holds it')
      .option('--category <name>', 'the category of COCO’s labels that counts, where none is called face')
      .addOption(detectorOption())
      .option(
        '--ground-truth <dir>',
        'the folder with wider_easy_val.mat, wider_medium_val.mat and wider_hard_val.mat',
      )
      .addOption(
        choiceOption(
          '--rule <rule>',
          'how average precision is computed: voc, or wider (the default with --ground-truth)',
          ['voc', 'wider'],
        ),
      )
      .addOption(
        numbersOption(
          '--min-faces <pixels>',
          'smallest shorter side of a face that counts; several, separated by commas',
          {
            min: 0,
          },
        ).default([0], '0'),
      )
      .addOption(
        numberOption('--score <score>', 'score at which recall and precision are reported', {
          min: 0,
          max: 1,
        }).default(0.5),
      )
      .addOption(
        numbersOption('--short-sides <pixels>', 'resizes photos to these shorter sides, one pass each', {
          min: 16,
          max: 8192,
        }),
      )
      .addOption(
        numberOption('--long-side <pixels>', 'largest longer side of such a pass', { min: 16, max: 8192 }),
      )
      .option('--flip', 'adds a mirrored pass to each')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
      .option(
        '--report <dir>',
        'writes report.html with curves and the worst misses, report.json and detections.csv',
      )
      .addOption(setOption(detectorSettingsHelp));
  },
  async run(options, io) {
    // the curve needs the faces that the detector is hardly sure of
    const detect = { scoreThreshold: 0.02, ...detectSettings(options.set) };
    if (options.longSide !== undefined && options.shortSides === undefined) {
      throw new SemblanceError('USAGE_MISSING_ARGUMENT', '--long-side needs --short-sides');
    }
    const { findModel, loadDetector, loadForPhotos } = await import('@semblance/face/models');
    const { readDetectionLabels } = await import('@semblance/lab/datasets');
    const { detectPhotos, measureDetection, sizeSubset, readWiderPhotos } = await import(
      '@semblance/lab/evaluate'
    );
    const { labelled, subsets } =
      options.groundTruth === undefined
        ? {
            labelled: await readDetectionLabels(options.data, { category: options.category }),
            subsets: options.minFaces.map(sizeSubset),
          }
        : await readWiderPhotos(options.groundTruth, options.data);
    const path = await findModel(options.detector, 'detection', io.env);
    await using detector = await loadDetector(path, loadForPhotos(labelled.length));
    const passes = {
      detect,
      flip: options.flip ?? false,
      ...(options.shortSides ? { shortSides: options.shortSides } : {}),
      ...(options.longSide === undefined ? {} : { longSide: options.longSide }),
    };
    const progress = createProgress(io, 'detecting');
    // official boxes count as they are
    const asLabelled = options.groundTruth !== undefined;
    const { photos, refused, boxes, seconds } = await detectPhotos(labelled, detector, passes, progress, {
      asLabelled,
    });
    if (boxes.clipped > 0)
      io.err(`${boxes.clipped} labelled boxes reach out of their photo and are clipped to it`);
    if (boxes.outside + boxes.empty > 0) {
      io.err(
        `${boxes.outside} labelled boxes outside their photo and ${boxes.empty} without an area are left out`,
      );
    }
    if (refused.length === photos.length) {
      throw new SemblanceError(
        'DATA_EMPTY',
        `none of the ${refused.length} photos that ${options.data} names could be read`,
      );
    }

    const rule = options.rule ?? (options.groundTruth === undefined ? 'voc' : 'wider');
    const findings = measureDetection(photos, subsets, { rule, score: options.score });
    const speed = { seconds, photosPerSecond: photos.length / seconds };
    const result = { ...findings.metrics, images: photos.length, missed: refused.length, boxes, speed };
    if (options.report !== undefined) {
      const { detectionReport, writeReport } = await import('@semblance/lab/evaluate');
      const { csvText } = await import('@semblance/lab/tables');
      const html = await detectionReport(findings, photos, `Detection: ${basename(options.data)}`);
      const head = ['photo', 'x1', 'y1', 'x2', 'y2', 'score'];
      const rows = photos.flatMap(({ found }, i) =>
        found.map(({ box, score }) => [
          labelled[i]!.name,
          ...box.map((value) => value.toFixed(2)),
          score.toFixed(6),
        ]),
      );
      const facts = { ...result, curves: findings.curves, refused };
      await writeReport(options.report, html, facts, { 'detections.csv': csvText([head, ...rows]) });
      io.err(`report: ${join(options.report, 'report.html')}`);
    }
    if (options.format === 'json') io.out(JSON.stringify(result));
    else for (const line of factsOf(result)) io.out(line);
    return refused.length > 0 ? 3 : 0;
  },
});

function factsOf(
  result: DetectionMetrics & { images: number; speed: { photosPerSecond: number } },
): string[] {
  const aps = Object.entries(result.ap).map(([name, value]) => [`AP ${name}`, value.toFixed(4)]);
  const { landmarks } = result;
  const facts = formatFacts({
    ...Object.fromEntries(aps),
    [`recall at ${result.score}`]: percent(result.recall),
    [`precision at ${result.score}`]: percent(result.precision),
    ...(landmarks
      ? {
          'landmark error': `median ${landmarks.nmeMedian.toFixed(4)} of the eyes’ distance (${landmarks.faces} faces)`,
        }
      : {}),
    faces: `${result.faces} in ${result.images} photos`,
    rule: result.rule === 'wider' ? 'WIDER FACE, IoU 0.5' : 'VOC, all points, IoU 0.5',
    speed: `${result.speed.photosPerSecond.toFixed(1)} photos/s, decoding included`,
  });
  return [
    ...facts,
    ...groupsText({ 'shorter side': result.recallBySize, ...result.recallByAttribute }, recallColumns),
  ];
}
