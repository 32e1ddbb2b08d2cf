import { defineCommand } from '../cli/command.ts';
import { detectorOption, recognizerOption } from '../cli/model-options.ts';
import { choiceOption, numberOption, setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { sayFirst } from '../cli/say-first.ts';
import { detectorSettingsHelp, detectSettings } from '../faces/settings.ts';

interface Options {
  photo: string;
  in: string;
  face?: number;
  detector?: string;
  recognizer?: string;
  threshold?: number;
  cache: boolean | string;
  format: 'table' | 'json';
  set?: Record<string, string>;
}

export const findCommand = defineCommand<Options>({
  path: ['find'],
  opensGalleries: true,
  summary: 'finds the photos in a folder that show the same person as a photo',
  description:
    'If the photo shows several faces, the largest one near the center is used; --face chooses another. The most ' +
    'similar photos come first. The faces in each photo are cached in ~/.cache/semblance, readable by you alone, ' +
    'so the next search in the folder is quick. Photos that cannot be used are named and skipped: exit code 3.',
  examples: [
    ['semblance find ada.jpg --in holidays/', 'every photo that shows Ada'],
    [
      'semblance find party.jpg --face 2 --in holidays/ --format json',
      'the second face from the left, as JSON',
    ],
  ],
  configure(command) {
    command
      .argument('<photo>', 'a photo of the person')
      .requiredOption('--in <dir>', 'the folder to search')
      .addOption(numberOption('--face <n>', 'which face to look for, 1 for the leftmost', { min: 1 }))
      .addOption(detectorOption())
      .addOption(recognizerOption())
      .addOption(
        numberOption('--threshold <cosine>', 'similarity at which two faces count as the same person', {
          min: -1,
          max: 1,
        }),
      )
      .option('--cache <dir>', 'where faces are cached (default: ~/.cache/semblance)')
      .option('--no-cache', 'does not cache faces')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
      .addOption(setOption(detectorSettingsHelp));
  },
  async run({ photo, in: folder, face, threshold, cache, format, set, ...options }, io) {
    const detect = detectSettings(set);
    const { Semblance } = await import('@semblance/face/semblance');
    const { loadForPhotos } = await import('@semblance/face/models');
    const { photosAt } = await import('@semblance/face/pipeline');
    const loading = loadForPhotos((await photosAt(folder)).length);
    await using semblance = await Semblance.open({ ...options, loading, env: io.env });
    const progress = createProgress(io, 'searching');
    const findings = await semblance
      .find(photo, folder, {
        ...{ ...detect, face, threshold },
        cache: cache === false ? null : typeof cache === 'string' ? cache : undefined,
        onProgress: (done, total) => progress.update(done, total),
      })
      .finally(() => progress.end());

    const { photos, refused, numPhotos, numKnown, threshold: used } = findings;
    sayFirst(
      io,
      refused.map(({ path, code, message }) => `${path}: ${code}: ${message}`),
    );
    for (const { path, similarity, face: found, numFaces } of photos) {
      const box = found.box.map((value) => Number(value.toFixed(2)));
      if (format === 'json') {
        const rounded = Number(similarity.toFixed(6));
        io.out(
          JSON.stringify({ image: path, similarity: rounded, box, face: found.number, faces: numFaces }),
        );
      } else io.out(`${path}  similarity ${similarity.toFixed(3)}  box ${box.map(Math.round).join(',')}`);
    }
    io.err(
      `${photos.length} of ${numPhotos} photos show that person (threshold ${used.value.toFixed(3)}, ${used.basis})` +
        (numKnown > 0 ? `; ${numKnown} known from before` : ''),
    );
    return refused.length > 0 ? 3 : 0;
  },
});
