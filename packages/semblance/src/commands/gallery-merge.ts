import { defineCommand } from '../cli/command.ts';

interface Options {
  gallery: string;
  into: string;
  others: string[];
}

export const galleryMergeCommand = defineCommand<Options>({
  path: ['gallery', 'merge'],
  opensGalleries: true,
  summary: 'makes one person of several who are the same',
  description:
    'The others’ faces become those of the first, whose name stays. If no one has the first name yet, it is a new one. ' +
    'semblance gallery undo takes it back.',
  examples: [
    ['semblance gallery merge people "Ada Lovelace" ada "A. Lovelace"', 'three names of one person'],
  ],
  configure(command) {
    command
      .argument('<gallery>', 'the gallery: a name, a folder or postgres://USER@HOST/DATABASE')
      .argument('<into>', 'the name that stays')
      .argument('<others...>', 'the names of the others');
  },
  async run({ gallery: given, into, others }, io) {
    const { findGallery, Gallery, galleryKeys } = await import('@semblance/face/gallery');
    await using gallery = await Gallery.open(await findGallery(given, io.env), {
      keys: galleryKeys({}, io.env),
    });
    const moved = await gallery.names.merge(others, into);
    const names = [...new Set(others)].filter((name) => name !== into).join(', ');
    io.out(`${names} and ${into} are now ${into}: ${moved} ${moved === 1 ? 'face' : 'faces'} moved`);
    return 0;
  },
});
