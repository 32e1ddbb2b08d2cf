import { defineCommand } from '../cli/command.ts';

interface Options {
  gallery: string;
  from: string;
  to: string;
  join?: boolean;
}

export const galleryRenameCommand = defineCommand<Options>({
  path: ['gallery', 'rename'],
  opensGalleries: true,
  summary: 'renames a person in a gallery',
  description:
    'If the new name is taken, --join merges the two people. A gallery that is built again takes its names from ' +
    'the folders, so rename those too.',
  examples: [
    ['semblance gallery rename people "Ada Byron" "Ada Lovelace"', 'gives a person another name'],
    [
      'semblance gallery rename people ada "Ada Lovelace" --join',
      'merges a person who was enrolled under two names',
    ],
  ],
  configure(command) {
    command
      .argument('<gallery>', 'the gallery: a name, a folder or postgres://USER@HOST/DATABASE')
      .argument('<from>', 'the current name')
      .argument('<to>', 'the new name')
      .option('--join', 'merges the two people if the new name is taken');
  },
  async run({ gallery: given, from, to, join = false }, io) {
    const { findGallery, Gallery, galleryKeys } = await import('@semblance/face/gallery');
    const { SemblanceError } = await import('../error.ts');
    const path = await findGallery(given, io.env);
    await using gallery = await Gallery.open(path, { keys: galleryKeys({}, io.env) });
    if (from !== to && gallery.has(to) && gallery.has(from) && !join) {
      const message = `the gallery knows ${to} already: --join makes one person of the two`;
      throw new SemblanceError('GALLERY_SUBJECT_EXISTS', message, { details: { subject: to } });
    }
    const moved = await gallery.rename(from, to);
    io.out(`${from} is now ${to}: ${moved} ${moved === 1 ? 'face' : 'faces'}`);
    return 0;
  },
});
