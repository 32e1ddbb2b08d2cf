import { formatFacts } from '@semblance/core/table';
import { checkOption } from '../cli/check-option.ts';
import { defineCommand } from '../cli/command.ts';
import { detectorOption, recognizerOption } from '../cli/model-options.ts';
import { choiceOption, numberOption, setOption } from '../cli/options.ts';
import { createProgress, formatDuration } from '../cli/progress.ts';
import { sayFirst } from '../cli/say-first.ts';
import { SemblanceError } from '../error.ts';
import { detectorSettingsHelp, detectSettings } from '../faces/settings.ts';

interface Options {
  data: string;
  detector?: string;
  recognizer?: string;
  out?: string;
  gallery?: string;
  threshold?: number;
  fpir?: number;
  minQuality: number;
  check: 'off' | 'standard' | 'strict';
  crops: boolean;
  format: 'table' | 'json';
  set?: Record<string, string>;
}

export const galleryBuildCommand = defineCommand<Options>({
  path: ['gallery', 'build'],
  opensGalleries: true,
  summary: 'builds a gallery of known people from a folder per person',
  description:
    'Give it a folder per person; the name of the folder is the name of the person. One to five photos each are ' +
    'enough to start with. If a photo shows several faces, the largest one near the center is used. A photo ' +
    'without a usable face is refused, with the reason in OUT/report.json: exit code 3. Run the command again ' +
    'after adding photos: only the new ones are processed. An interrupted build resumes, and the gallery is ' +
    'replaced only once the new one is complete.',
  examples: [
    [
      'semblance gallery build --data people/ --gallery people',
      'a gallery named people, built with the default models',
    ],
    [
      'semblance gallery build --data people/ --detector models/detector --recognizer models/recognizer --out gallery',
      'people/anna/1.jpg, people/anna/2.jpg, people/bert/1.jpg, …',
    ],
    [
      'semblance gallery build --data people/ --detector d.onnx --recognizer r.onnx --out gallery --threshold 0.42',
      'with your own threshold instead of the estimated one',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--data <dir>', 'a folder with one folder per person in it')
      .addOption(detectorOption())
      .addOption(recognizerOption())
      .option('--out <gallery>', 'the gallery to create or update: a folder')
      .option(
        '--gallery <name>',
        'its name instead of a folder, kept in $SEMBLANCE_HOME/galleries; or postgres://USER@HOST/DATABASE?collection=NAME',
      )
      .addOption(
        numberOption(
          '--threshold <cosine>',
          'similarity at which a face counts as known (default: estimated from the gallery)',
          { min: -1, max: 1 },
        ),
      )
      .addOption(
        numberOption(
          '--fpir <share>',
          'share of strangers that may be taken for somebody, for the estimated threshold (default: that of the ' +
            'gallery that is there, or 0.01)',
          {
            min: 1e-6,
            max: 0.5,
          },
        ),
      )
      .addOption(
        numberOption('--min-quality <quality>', 'refuses faces below this quality, 0 to 1', {
          min: 0,
          max: 1,
        }).default(0),
      )
      .addOption(checkOption())
      .option(
        '--no-crops',
        'does not store the face crops; another recognizer cannot take the gallery over without them',
      )
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
      .addOption(setOption(detectorSettingsHelp));
  },
  async run(options, io) {
    const { data, threshold, fpir, minQuality, check, crops: keepCrops, format } = options;
    const detect = detectSettings(options.set);
    const { buildGallery, galleryKeys, isGalleryAddress, placeOfGallery, shownGallery } = await import(
      '@semblance/face/gallery'
    );
    if ((options.out === undefined) === (options.gallery === undefined))
      throw new SemblanceError(
        'USAGE_MISSING_ARGUMENT',
        'give --out, the folder of the gallery, or --gallery, its name',
      );
    const out = options.out ?? placeOfGallery(options.gallery!, io.env);
    const { findModel, loadDetector, loadRecognizer, loadForPhotos } = await import('@semblance/face/models');
    const { readPersonFolders } = await import('@semblance/lab/datasets');
    const folders = await readPersonFolders(data);
    const { people, emptyFolders: withoutPhoto, numImages, unreadable, loosePhotos, leftOut } = folders;
    const loading = loadForPhotos(numImages);
    await using detector = await loadDetector(
      await findModel(options.detector, 'detection', io.env),
      loading,
    );
    await using recognizer = await loadRecognizer(
      await findModel(options.recognizer, 'recognition', io.env),
      loading,
    );
    const progress = createProgress(io, 'enrolling');
    const report = await buildGallery({
      ...{ unreadable, loosePhotos, leftOut },
      ...{ data, people, withoutPhoto, out, detector, recognizer, detect, minQuality, check, keepCrops },
      keys: galleryKeys({}, io.env),
      ...(fpir === undefined ? {} : { fpir }),
      ...(threshold === undefined ? {} : { threshold }),
      onProgress: ({ done, total, refused }) =>
        progress.update(done, total, refused > 0 ? `${refused} refused` : ''),
    }).finally(() => progress.end());

    const notes = [
      ...report.refused.map(({ file, code, message }) => `refused ${file}: ${code}: ${message}`),
      ...report.warnings.map(({ message }) => `note: ${message}`),
    ];
    sayFirst(io, notes, isGalleryAddress(out) ? '' : ` in ${out}/report.json`);

    if (format === 'json') io.out(JSON.stringify(report));
    else {
      const lines = formatFacts({
        gallery: shownGallery(out),
        people: report.subjects,
        faces: report.faces,
        photos: `${report.photos} (${report.embedded} embedded, ${report.reused} unchanged, ${report.refused.length} refused)`,
        ...(leftOut.system + leftOut.others > 0
          ? { 'left out': `${leftOut.system} hidden or of the system, ${leftOut.others} that are no photos` }
          : {}),
        threshold: `${report.threshold.toFixed(3)} (${report.thresholdBasis})`,
        recognizer: report.modelId,
        time: formatDuration(report.durationMs),
      });
      for (const line of lines) io.out(line);
    }
    return report.refused.length > 0 ? 3 : 0;
  },
});
