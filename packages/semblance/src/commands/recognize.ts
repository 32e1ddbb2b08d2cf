import { defineCommand } from '../cli/command.ts';
import { detectorOption, MODEL_HELP, recognizerOption } from '../cli/model-options.ts';
import { choiceOption, setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { SemblanceError } from '../error.ts';
import { recognizeSettings, recognizeSettingsHelp } from '../faces/settings.ts';

interface Options {
  photos: string[];
  data?: string;
  gallery?: string;
  detector?: string;
  recognizer?: string;
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
    'similar enough. A photo that cannot be read gets a line with its error and the others go on: exit code 3. ' +
    'The gallery tells which of the pulled models it was built with.',
  examples: [
    ['semblance recognize party.jpg --gallery people', 'one photo, a gallery by its name, pulled models'],
    [
      'semblance recognize --data photos/ --gallery people --detector models/detector --recognizer models/recognizer',
      'a folder of photos, and models of your own',
    ],
    [
      'semblance recognize --data party.jpg --gallery people --detector d.onnx --recognizer r.onnx --format json ' +
        '--set threshold=0.4 --annotate out/',
      'JSON lines for programs, a threshold of your own, and the photo with names on it',
    ],
  ],
  configure(command) {
    command
      .argument('[photos...]', 'photos, or folders of photos')
      .option('--data <path>', 'a photo, or a folder of photos')
      .option('--gallery <gallery>', 'its name or folder (the only one that has a name)')
      .addOption(detectorOption(`${MODEL_HELP} (the one the gallery was built with, or the default)`))
      .addOption(recognizerOption('the one the gallery was built with, if that is not pulled'))
      .addOption(
        choiceOption('--format <format>', 'how results are printed', ['table', 'json', 'csv'], 'table'),
      )
      .option('--annotate <dir>', 'writes the photos with boxes and names to this folder')
      .addOption(setOption(recognizeSettingsHelp));
  },
  async run({ data, ...options }, io) {
    const { format, annotate } = options;
    const given = [...(data === undefined ? [] : [data]), ...options.photos];
    if (given.length === 0)
      throw new SemblanceError('USAGE_MISSING_ARGUMENT', 'no photo: semblance recognize PHOTO, or --data');
    const settings = recognizeSettings(options.set);
    const { FacePipeline, eachPhoto, photosAt } = await import('@semblance/face/pipeline');
    const { findGallery, Gallery, modelsOfGallery } = await import('@semblance/face/gallery');
    const { loadDetector, loadRecognizer, loadForPhotos } = await import('@semblance/face/models');
    const { writeAnnotated } = await import('../faces/annotated.ts');
    const results = await import('../faces/results.ts');

    const photos = (await Promise.all(given.map(photosAt))).flat();
    await using gallery = await Gallery.open(await findGallery(options.gallery, io.env), { readOnly: true });
    const paths = await modelsOfGallery(gallery.meta, options, io.env);
    const loading = loadForPhotos(photos.length);
    await using detector = await loadDetector(paths.detector, loading);
    await using recognizer = await loadRecognizer(paths.recognizer, loading);
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
