import { defineCommand } from '../cli/command.ts';
import { onInterrupt } from '../cli/interrupt.ts';
import { detectorOption } from '../cli/model-options.ts';
import { choiceOption, setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { detectorSettingsHelp, detectSettings } from '../faces/settings.ts';

interface Options {
  data: string;
  detector?: string;
  format: 'json' | 'table';
  annotate?: string;
  set?: Record<string, string>;
}

export const detectCommand = defineCommand<Options>({
  path: ['detect'],
  summary: 'finds the faces in photos',
  description:
    'Prints one line of JSON per photo, with the box, the five landmarks, the score and the quality of each face.' +
    ' A photo that cannot be read gets a line with its error, and the command goes on with the next one: exit ' +
    'code 3.',
  examples: [
    ['semblance detect --data photos/ --detector models/detector', 'every photo in a folder and below it'],
    [
      'semblance detect --data group.jpg --detector retinaface.onnx --annotate out/ --set minFace=24',
      'one photo, without faces under 24 pixels, and a copy with the boxes drawn in',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--data <path>', 'a photo, or a folder of photos')
      .addOption(detectorOption())
      .addOption(choiceOption('--format <format>', 'output format', ['json', 'table'], 'json'))
      .option('--annotate <dir>', 'saves copies of the photos here, with boxes and landmarks drawn in')
      .addOption(setOption(detectorSettingsHelp));
  },
  async run({ data, detector: model, format, annotate, set }, io) {
    const settings = detectSettings(set);
    const { createFinder, eachPhoto, photosAt } = await import('@semblance/face/pipeline');
    const { findModel, loadDetector, loadForPhotos } = await import('@semblance/face/models');
    const { writeAnnotated } = await import('../faces/annotated.ts');
    const { detectionJson, detectionTable, errorJson } = await import('../faces/results.ts');

    const photos = await photosAt(data);
    const path = await findModel(model, 'detection', io.env);
    await using detector = await loadDetector(path, loadForPhotos(photos.length));
    const finder = createFinder(detector);
    const detected = eachPhoto(photos, async (photo) => {
      const { faces } = await finder.find(photo, { ...settings, keepCrops: false });
      return faces.map((face) => ({ ...face, quality: face.quality?.quality ?? null }));
    });
    const progress = createProgress(io, 'detecting');
    using interrupt = onInterrupt();
    let [done, refused] = [0, 0];
    for await (const { path, name, picture, result: faces, error } of detected) {
      if (error) {
        refused++;
        if (format === 'json') io.out(errorJson(path, error));
        progress.say(`${path}: ${error.code}: ${error.message}`);
      } else {
        const result = { image: path, width: picture.width, height: picture.height, faces };
        if (format === 'json') io.out(detectionJson(result));
        else for (const line of detectionTable(result)) io.out(line);
        if (annotate) {
          const labelled = faces.map((face) => ({ ...face, label: face.score.toFixed(2) }));
          await writeAnnotated(annotate, { name, path }, await picture.pixels(), labelled);
        }
      }
      progress.update(++done, photos.length);
      if (interrupt.isAsked && done < photos.length) return interrupt.end(io, progress, done, photos.length);
    }
    progress.end();
    return refused > 0 ? 3 : 0;
  },
});
