import type { DetectionResult, Image } from '@semblance/face';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, numberOption, setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { formatFacts, percent } from '../cli/table.ts';
import { detectorSettingsHelp, detectSettings } from '../faces/settings.ts';

interface Options {
  data: string;
  detector: string;
  rule: 'voc' | 'wider';
  minFaces: string;
  score: number;
  format: 'table' | 'json';
  set?: Record<string, string>;
}

export const evaluateDetectionCommand = defineCommand<Options>({
  path: ['evaluate', 'detection'],
  summary: 'measures how well faces are found',
  description:
    'Average precision at IoU 0.5, with recall and precision at a score. Labels: label.txt (RetinaFace), labelv2.txt ' +
    '(SCRFD) or *_bbx_gt.txt (WIDER FACE) beside images/. Faces below a size, and those labelled invalid, are ' +
    'ignored: neither misses nor mistakes.',
  examples: [
    [
      'semblance evaluate detection --data wider/val --detector models/detector --rule wider --set scale=1',
      'by the rule of the WIDER FACE tool',
    ],
    [
      'semblance evaluate detection --data photos/label.txt --detector d.onnx --min-faces 0,16,24 --format json',
      'one average precision for each size',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--data <path>', 'a label file, or the folder that holds it')
      .requiredOption('--detector <model>', 'a model folder or an .onnx file')
      .addOption(choiceOption('--rule <rule>', 'voc (all points) or wider', ['voc', 'wider'], 'voc'))
      .option('--min-faces <pixels>', 'shorter sides from which faces count, separated by commas', '0')
      .addOption(
        numberOption('--score <score>', 'where recall and precision are reported', {
          min: 0,
          max: 1,
        }).default(0.5),
      )
      .addOption(choiceOption('--format <format>', 'how results are printed', ['table', 'json'], 'table'))
      .addOption(setOption(detectorSettingsHelp));
  },
  async run({ data, detector: model, rule, minFaces, score, format, set }, io) {
    // the curve needs the faces that the detector is hardly sure of
    const settings = { scoreThreshold: 0.02, ...detectSettings(set) };
    const face = await import('@semblance/face');
    const { eachPhoto } = await import('../faces/photos.ts');
    const sizes = minFaces.split(',').map((text) => {
      if (/^\d+(\.\d+)?$/.test(text.trim())) return Number(text);
      throw new face.SemblanceError(
        'USAGE_INVALID_VALUE',
        `expected pixels as 0,16,24 for --min-faces but received ${minFaces}`,
      );
    });
    const labelled = await face.readDetectionLabels(data);
    await using detector = await face.loadDetector(model);

    const results: DetectionResult[] = [];
    const progress = createProgress(io, 'detecting');
    let [index, refused] = [0, 0];
    const detect = (picture: Image) => detector.detect(picture, settings);
    for await (const { path, result: found, error } of eachPhoto(labelled, detect)) {
      const { faces } = labelled[index++]!;
      if (error) {
        refused++;
        progress.say(`${path}: ${error.code}: ${error.message}`);
      }
      results.push({
        found: found ?? [],
        truth: faces.map(({ box, invalid }) => ({ box, ignore: invalid })),
      });
      progress.update(index, labelled.length);
    }
    progress.end();
    if (refused === labelled.length) {
      throw new face.SemblanceError(
        'DATA_EMPTY',
        `none of the ${refused} photos that ${data} names could be read`,
      );
    }

    const averagePrecision = rule === 'wider' ? face.widerAveragePrecision : face.averagePrecision;
    const from = (least: number): DetectionResult[] =>
      results.map(({ found, truth }) => ({
        found,
        truth: truth.map(({ box, ignore }) => ({
          box,
          ignore: ignore || Math.min(box[2] - box[0], box[3] - box[1]) < least,
        })),
      }));
    const ap = Object.fromEntries(
      sizes.map((least) => [least === 0 ? 'all' : `min${least}`, averagePrecision(from(least))]),
    );
    const counts = face.detectionCounts(from(sizes[0]!), { scoreThreshold: score });
    const faces = counts.truePositives + counts.falseNegatives;
    const result = { ap, ...counts, score, rule, faces, images: labelled.length, missed: refused };
    if (format === 'json') io.out(JSON.stringify(result));
    else {
      const aps = Object.entries(ap).map(([name, value]) => [`AP ${name}`, value.toFixed(4)]);
      const lines = formatFacts({
        ...Object.fromEntries(aps),
        [`recall at ${score}`]: percent(counts.recall),
        [`precision at ${score}`]: percent(counts.precision),
        faces: `${faces} in ${labelled.length} photos`,
        rule: rule === 'wider' ? 'WIDER FACE, IoU 0.5' : 'VOC, all points, IoU 0.5',
      });
      for (const line of lines) io.out(line);
    }
    return refused > 0 ? 3 : 0;
  },
});
