import { defineCommand } from '../cli/command.ts';

interface Options {
  gallery: string;
  from: string;
  to: string;
  join?: boolean;
}

export const galleryRenameCommand = defineCommand<Options>({
  path: ['gallery', 'rename'],
  summary: 'renames a person of a gallery',
  description:
    'Where the new name is taken the two become one, if --join says so. A gallery that is built again from folders takes ' +
    'names from the folders: rename those too.',
  examples: [
    ['semblance gallery rename people "Ada Byron" "Ada Lovelace"', 'another name'],
    [
      'semblance gallery rename people ada "Ada Lovelace" --join',
      'somebody who was enrolled under two names',
    ],
  ],
  configure(command) {
    command
      .argument('<gallery>', 'its name or folder')
      .argument('<from>', 'the name now')
      .argument('<to>', 'the name to be')
      .option('--join', 'makes one person of two where the new name is taken');
  },
  async run({ gallery: given, from, to, join = false }, io) {
    const { findGallery, Gallery } = await import('@semblance/face/gallery');
    const { SemblanceError } = await import('../error.ts');
    await using gallery = await Gallery.open(await findGallery(given, io.env));
    if (from !== to && gallery.has(to) && gallery.has(from) && !join) {
      const message = `the gallery knows ${to} already: --join makes one person of the two`;
      throw new SemblanceError('GALLERY_SUBJECT_EXISTS', message, { details: { subject: to } });
    }
    const moved = await gallery.rename(from, to);
    io.out(`${from} is now ${to}: ${moved} ${moved === 1 ? 'face' : 'faces'}`);
    return 0;
  },
});
