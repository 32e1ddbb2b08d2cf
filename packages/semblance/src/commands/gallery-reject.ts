import { defineCommand } from '../cli/command.ts';
import { detectorOption, recognizerOption } from '../cli/model-options.ts';
import { choiceOption, numberOption, setOption } from '../cli/options.ts';
import { detectorSettingsHelp, detectSettings } from '../faces/settings.ts';

interface Options {
  gallery: string;
  person: string;
  photo: string;
  face?: number;
  detector?: string;
  recognizer?: string;
  format: 'table' | 'json';
  set?: Record<string, string>;
}

export const galleryRejectCommand = defineCommand<Options>({
  path: ['gallery', 'reject'],
  opensGalleries: true,
  summary: 'remembers that a face is not a person’s',
  description:
    'For a stranger who was taken for somebody. From then on, faces that are more like this one than like any photo ' +
    'the person was enrolled with are not theirs: the answer is whoever comes next, or unknown (not_this_person). ' +
    'semblance gallery rejections lists what was said, and takes it back.',
  examples: [
    [
      'semblance gallery reject people "Ada Lovelace" stranger.jpg',
      'the largest, most central face of the photo',
    ],
    ['semblance gallery reject people ada party.jpg --face 3', 'the third face from the left'],
  ],
  configure(command) {
    command
      .argument('<gallery>', 'the gallery: a name, a folder or postgres://USER@HOST/DATABASE')
      .argument('<person>', 'who it is not')
      .argument('<photo>', 'the photo with the face')
      .addOption(numberOption('--face <n>', 'the face, counted from the left', { min: 1 }))
      .addOption(detectorOption())
      .addOption(
        recognizerOption('the recognizer that the gallery was built with, unless it is a pulled one'),
      )
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
      .addOption(setOption(detectorSettingsHelp));
  },
  async run({ person, photo, face, format, set, ...options }, io) {
    const { Semblance } = await import('@semblance/face/semblance');
    const { findGallery } = await import('@semblance/face/gallery');
    await findGallery(options.gallery, io.env);
    await using semblance = await Semblance.open({ ...options, env: io.env });
    const id = await semblance.reject(person, photo, { ...detectSettings(set), face });
    if (format === 'json') io.out(JSON.stringify({ id, person, photo }));
    else
      io.out(
        `noted as ${id}: this is not ${person} (semblance gallery rejections --undo ${id} takes it back)`,
      );
    return 0;
  },
});
