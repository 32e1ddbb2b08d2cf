import { defineCommand } from '../cli/command.ts';

interface Options {
  backup: string;
  gallery: string;
  replace?: boolean;
}

export const galleryRestoreCommand = defineCommand<Options>({
  path: ['gallery', 'restore'],
  summary: 'puts a backup of a gallery back',
  description:
    'All of it or nothing. With --replace it takes the place of the gallery that is there, unless a service has that one: restore ' +
    'into another folder, then deploy that. People who were erased after the backup was made are known again, unless the ' +
    'gallery is encrypted.',
  examples: [
    ['semblance gallery restore /backups/people-monday people-again', 'as a new gallery of that name'],
    [
      'semblance gallery restore /backups/people-monday ./people --replace',
      'in the place of the one in that folder',
    ],
  ],
  configure(command) {
    command
      .argument('<backup>', 'a folder that gallery backup made')
      .argument('<gallery>', 'the gallery: a name, or a folder with a / in its path')
      .option('--replace', 'takes the place of the gallery that is there');
  },
  async run({ backup, gallery: given, replace = false }, io) {
    const { placeOfGallery, restoreGallery } = await import('@semblance/face/gallery');
    const to = /[/\\]/.test(given) ? given : placeOfGallery(given, io.env);
    const { faces, subjects, createdAt, galleryId } = await restoreGallery(backup, to, { replace });
    io.out(`${to}: ${faces} faces of ${subjects} people, as it was at ${createdAt}`);
    if (galleryId === null)
      io.err('note: people who were erased since then are known again: erase them again');
    return 0;
  },
});
