import { checkOption } from '../cli/check-option.ts';
import { defineCommand } from '../cli/command.ts';
import { detectorOption, recognizerOption } from '../cli/model-options.ts';
import { choiceOption, setOption } from '../cli/options.ts';
import { detectorSettingsHelp, detectSettings } from '../faces/settings.ts';

interface Options {
  gallery: string;
  person: string;
  photos: string[];
  detector?: string;
  recognizer?: string;
  check: 'off' | 'standard' | 'strict';
  format: 'table' | 'json';
  set?: Record<string, string>;
}

export const galleryAddCommand = defineCommand<Options>({
  path: ['gallery', 'add'],
  opensGalleries: true,
  summary: 'enrolls a person from photos',
  description:
    'From each photo it takes the largest face near the center. If the gallery does not exist, it is created: a ' +
    'name below $SEMBLANCE_HOME/galleries, a path where it says. People you add this way stay when the gallery is' +
    ' built again from folders. Photos that cannot be used are named and skipped: exit code 3.',
  examples: [
    ['semblance gallery add people "Ada Lovelace" ada1.jpg ada2.jpg', 'enrolls one person from two photos'],
    ['semblance gallery add people "Ada Lovelace" photos/ada/', 'from all photos in a folder'],
  ],
  configure(command) {
    command
      .argument('<gallery>', 'the gallery: a name, a folder or postgres://USER@HOST/DATABASE')
      .argument('<person>', 'the name of the person')
      .argument('<photos...>', 'photos, or folders of photos')
      .addOption(detectorOption())
      .addOption(
        recognizerOption('the recognizer that the gallery was built with, unless it is a pulled one'),
      )
      .addOption(checkOption())
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
      .addOption(setOption(detectorSettingsHelp));
  },
  async run({ person, photos, check, format, set, ...options }, io) {
    const detect = detectSettings(set);
    const { Semblance } = await import('@semblance/face/semblance');
    const { shownGallery } = await import('@semblance/face/gallery');
    const { photosAt } = await import('@semblance/face/pipeline');
    const listed = (await Promise.all(photos.map(photosAt))).flat().map(({ path }) => path);
    await using semblance = await Semblance.open({ ...options, env: io.env });
    const { ids, refused } = await semblance.enrol(person, listed, { ...detect, check });
    for (const { photo, code, message } of refused) io.err(`refused ${photo}: ${code}: ${message}`);
    const { subjects } = await semblance.gallery!.stats();
    if (format === 'json') io.out(JSON.stringify({ person, faces: ids, refused, people: subjects }));
    else
      io.out(
        `${person}: ${ids.length} ${ids.length === 1 ? 'face' : 'faces'} added; ${subjects} people in ${shownGallery(options.gallery)}`,
      );
    return refused.length > 0 ? 3 : 0;
  },
});
