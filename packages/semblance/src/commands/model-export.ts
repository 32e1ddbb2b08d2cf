import { formatFacts } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, numberOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { loadTrain } from '../cli/train-module.ts';

interface Options {
  model: string;
  int8: boolean;
  calibrate: string;
  out: string;
  photos: number;
  floatFirst: number;
  evaluate?: string;
  format: 'table' | 'json';
}

export const modelExportCommand = defineCommand<Options>({
  path: ['model', 'export'],
  summary: 'makes an 8-bit copy of a detector and measures what it lost',
  description:
    'Measures the range of every value in the network on photos like the ones it will see, rounds the network to ' +
    '8 bits, and compares the result with the original: faces found again, landmarks moved, and average precision' +
    ' on labelled photos (--evaluate).',
  examples: [
    [
      'semblance model export models/detector --int8 --calibrate photos/ --out models/detector-int8',
      'calibrates with 64 photos of the folder and compares on the others',
    ],
    [
      'semblance model export retinaface.onnx --int8 --calibrate photos/ --evaluate widerface/val --out models/small',
      'also compares the average precision on labelled photos',
    ],
  ],
  configure(command) {
    command
      .argument('<model>', 'a detector: its name, its folder or an .onnx file')
      .requiredOption('--int8', 'exports to 8 bits')
      .requiredOption('--calibrate <dir>', 'a folder of photos like the ones the detector will see')
      .requiredOption('--out <dir>', 'the model folder to write')
      .addOption(numberOption('--photos <n>', 'number of photos to calibrate with', { min: 1 }).default(64))
      .addOption(
        numberOption('--float-first <n>', 'number of convolutions at the start that stay in float', {
          min: 0,
        }).default(3),
      )
      .option('--evaluate <dir>', 'labelled photos to compare on: a folder with labels and images/')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ model: given, calibrate, out, photos: most, floatFirst, evaluate, format }, io) {
    const { decodeImage } = await import('@semblance/face/image');
    const { findModel, loadDetector, modelId } = await import('@semblance/face/models');
    const model = await findModel(given, 'detection', io.env);
    const { readDetectionLabels } = await import('@semblance/lab/datasets');
    const { photosAt } = await import('@semblance/face/pipeline');
    const { compareDetectors } = await import('../quantize/compare.ts');
    const { quantizeDetector } = await loadTrain();

    const labelled = evaluate === undefined ? null : await readDetectionLabels(evaluate);
    const listed = await photosAt(calibrate);
    const used = listed.slice(0, most);
    const progress = createProgress(io, 'calibrating');
    const { manifest, numPhotos, numQuantized, numNodes, sizeBytes } = await quantizeDetector({
      model,
      photos: used.map(
        ({ path }) =>
          () =>
            decodeImage(path),
      ),
      out,
      floatFirst,
      onPhoto: (done, total) => progress.update(done, total),
      onRefused: (i, reason) => progress.say(`left out ${used[i]!.path}: ${reason}`),
    });
    progress.end();

    const others = listed.length > used.length ? listed.slice(used.length) : listed;
    const images = labelled ?? others.map((photo) => ({ ...photo, faces: [] }));
    await using before = await loadDetector(model);
    await using after = await loadDetector(out);
    const loss = await compareDetectors(before, after, images, labelled !== null);
    if (format === 'json') {
      io.out(JSON.stringify({ id: modelId(manifest), numQuantized, numNodes, sizeBytes, loss }));
      return 0;
    }
    const share = (part: number, whole: number) =>
      whole > 0 ? `${((100 * part) / whole).toFixed(1)} %` : '–';
    const facts: Record<string, string | number> = {
      model: `${out}: ${modelId(manifest)}`,
      size: `${(sizeBytes.before / 1e6).toFixed(2)} MB → ${(sizeBytes.after / 1e6).toFixed(2)} MB`,
      'on 8 bits': `${numQuantized} of ${numNodes} operators, calibrated with ${numPhotos} photos`,
      'compared on': `${loss.photos} photos${labelled || listed.length > used.length ? '' : ' (those it was calibrated with)'}`,
      'found again': `${loss.foundAgain} of ${loss.faces} faces (${share(loss.foundAgain, loss.faces)}), ${loss.added} others besides`,
    };
    if (loss.landmarkShift !== null) {
      facts.landmarks = `moved by ${(100 * loss.landmarkShift).toFixed(1)} % of the eye distance (median)`;
    }
    if (loss.ap) facts.AP = `${loss.ap.before.toFixed(4)} → ${loss.ap.after.toFixed(4)}`;
    for (const line of formatFacts(facts)) io.out(line);
    return 0;
  },
});
