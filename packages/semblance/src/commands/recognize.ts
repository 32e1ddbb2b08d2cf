import { defineCommand } from '../cli/command.ts';
import { choiceOption, setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { recognizeSettings, recognizeSettingsHelp } from '../faces/settings.ts';

interface Options {
  data: string;
  gallery: string;
  detector: string;
  recognizer: string;
  format: 'table' | 'json' | 'csv';
  annotate?: string;
  set?: Record<string, string>;
}

const KNOWN_COLOUR = '#22c55e';
const UNKNOWN_COLOUR = '#f59e0b';

export const recognizeCommand = defineCommand<Options>({
  path: ['recognize'],
  summary: 'says who is in photos',
  description:
    'Finds the faces and looks each up in the gallery. A face is unknown, with the reason, where nobody is ' +
    'similar enough. A photo that cannot be read gets a line with its error and the others go on: exit code 3.',
  examples: [
    [
      'semblance recognize --data photos/ --gallery people --detector models/detector --recognizer models/recognizer',
      'a table for people',
    ],
    [
      'semblance recognize --data party.jpg --gallery people --detector d.onnx --recognizer r.onnx --format json ' +
        '--set threshold=0.4 --annotate out/',
      'JSON lines for programs, a threshold of your own, and the photo with names on it',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--data <path>', 'a photo, or a folder of photos')
      .requiredOption('--gallery <gallery>', 'made by semblance gallery build')
      .requiredOption('--detector <model>', 'a model folder or an .onnx file')
      .requiredOption('--recognizer <model>', 'the one the gallery was built with')
      .addOption(
        choiceOption('--format <format>', 'how results are printed', ['table', 'json', 'csv'], 'table'),
      )
      .option('--annotate <dir>', 'writes the photos with boxes and names to this folder')
      .addOption(setOption(recognizeSettingsHelp));
  },
  async run({ data, gallery: path, detector: detectorPath, recognizer: recognizerPath, ...options }, io) {
    const { format, annotate } = options;
    const settings = recognizeSettings(options.set);
    const { FacePipeline, eachPhoto, photosAt } = await import('@semblance/face/pipeline');
    const { Gallery } = await import('@semblance/face/gallery');
    const { loadDetector, loadRecognizer, loadForPhotos } = await import('@semblance/face/models');
    const { writeAnnotated } = await import('../faces/annotated.ts');
    const results = await import('../faces/results.ts');

    const photos = await photosAt(data);
    const loading = loadForPhotos(photos.length);
    await using detector = await loadDetector(detectorPath, loading);
    await using recognizer = await loadRecognizer(recognizerPath, loading);
    await using gallery = await Gallery.open(path, { modelId: recognizer.id, readOnly: true });
    const pipeline = new FacePipeline({ detector, recognizer, gallery });
    const recognized = eachPhoto(photos, (picture) => pipeline.recognize(picture, settings));

    const progress = createProgress(io, 'recognizing');
    let [done, refused] = [0, 0];
    for await (const { path: image, name, picture, result: faces, error } of recognized) {
      if (error) {
        refused++;
        if (format === 'json') io.out(results.errorJson(image, error));
        progress.say(`${image}: ${error.code}: ${error.message}`);
      } else {
        const result = { image, width: picture.width, height: picture.height, faces };
        if (format === 'json') io.out(results.recognitionJson(result));
        else if (format === 'csv') for (const line of results.recognitionCsv(result)) io.out(line);
        else for (const line of results.recognitionTable(result)) io.out(line);
        if (annotate) {
          const labelled = faces.map(({ box, landmarks, match }) => ({
            box,
            landmarks,
            label: match ? `${match.subject} ${match.similarity.toFixed(2)}` : 'unknown',
            color: match ? KNOWN_COLOUR : UNKNOWN_COLOUR,
          }));
          await writeAnnotated(annotate, { name, path: image }, await picture.pixels(), labelled);
        }
      }
      progress.update(++done, photos.length);
    }
    progress.end();
    return refused > 0 ? 3 : 0;
  },
});
