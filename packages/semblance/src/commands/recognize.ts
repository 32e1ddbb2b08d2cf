import { defineCommand } from '../cli/command.ts';
import { onInterrupt } from '../cli/interrupt.ts';
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
  opensGalleries: true,
  summary: 'says who is in photos',
  description:
    'Finds the faces in each photo and looks them up in the gallery. If nobody is similar enough, the face is ' +
    'unknown and the result says why. A photo that cannot be read gets a line with its error, and the command ' +
    'goes on with the next one: exit code 3.',
  examples: [
    [
      'semblance recognize party.jpg --gallery people',
      'one photo, with the default models and a gallery by its name',
    ],
    [
      'semblance recognize --data photos/ --gallery people --detector models/detector --recognizer models/recognizer',
      'a folder of photos, with your own models',
    ],
    [
      'semblance recognize --data party.jpg --gallery people --detector d.onnx --recognizer r.onnx --format json ' +
        '--set threshold=0.4 --annotate out/',
      'one line of JSON per photo, your own threshold, and a copy of the photo with the names on it',
    ],
  ],
  configure(command) {
    command
      .argument('[photos...]', 'photos, or folders of photos')
      .option('--data <path>', 'a photo, or a folder of photos')
      .option(
        '--gallery <gallery>',
        'the gallery: a name, a folder or postgres://USER@HOST/DATABASE (default: the only one that has a name)',
      )
      .addOption(detectorOption(`${MODEL_HELP} (default: the one the gallery was built with)`))
      .addOption(
        recognizerOption('the recognizer that the gallery was built with, unless it is a pulled one'),
      )
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json', 'csv'], 'table'))
      .option('--annotate <dir>', 'saves copies of the photos here, with boxes and names drawn in')
      .addOption(setOption(recognizeSettingsHelp));
  },
  async run({ data, ...options }, io) {
    const { format, annotate } = options;
    const given = [...(data === undefined ? [] : [data]), ...options.photos];
    if (given.length === 0)
      throw new SemblanceError(
        'USAGE_MISSING_ARGUMENT',
        'no photo given: semblance recognize PHOTO, or --data',
      );
    const settings = recognizeSettings(options.set);
    const { FacePipeline, eachPhoto, photosAt } = await import('@semblance/face/pipeline');
    const { findGallery, Gallery, galleryKeys, modelsOfGallery } = await import('@semblance/face/gallery');
    const { loadDetector, loadRecognizer, loadForPhotos } = await import('@semblance/face/models');
    const { writeAnnotated } = await import('../faces/annotated.ts');
    const results = await import('../faces/results.ts');

    const photos = (await Promise.all(given.map(photosAt))).flat();
    await using gallery = await Gallery.open(await findGallery(options.gallery, io.env), {
      readOnly: true,
      keys: galleryKeys({}, io.env),
    });
    const paths = await modelsOfGallery(gallery.meta, options, io.env);
    const loading = loadForPhotos(photos.length);
    await using detector = await loadDetector(paths.detector, loading);
    await using recognizer = await loadRecognizer(paths.recognizer, loading);
    const pipeline = new FacePipeline({ detector, recognizer, gallery });
    const recognized = eachPhoto(photos, (picture) => pipeline.recognize(picture, settings));

    const progress = createProgress(io, 'recognizing');
    using interrupt = onInterrupt();
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
      if (interrupt.isAsked && done < photos.length) return interrupt.end(io, progress, done, photos.length);
    }
    progress.end();
    return refused > 0 ? 3 : 0;
  },
});
