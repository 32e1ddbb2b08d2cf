import { defineCommand } from '../cli/command.ts';

interface Options {
  gallery: string;
  out: string;
}

export const galleryBackupCommand = defineCommand<Options>({
  path: ['gallery', 'backup'],
  summary: 'copies a gallery, also while it is in use',
  description:
    'The copy is the gallery of one moment, is read once, and lies in a folder for you alone. Keys of an encrypted gallery are ' +
    'not in it: whoever is erased later can be read in no copy. A service has more than its gallery: semblance state backup.',
  examples: [['semblance gallery backup people /backups/people-monday', 'makes that folder']],
  configure(command) {
    command.argument('<gallery>', 'the gallery: a name or a folder').argument('<out>', 'the folder to make');
  },
  async run({ gallery: given, out }, io) {
    const { backUpGallery, findGallery } = await import('@semblance/face/gallery');
    const { subjects, faces, galleryId } = await backUpGallery(await findGallery(given, io.env), out);
    io.out(`${out}: ${faces} faces of ${subjects} people${galleryId === null ? '' : ', encrypted'}`);
    return 0;
  },
});
