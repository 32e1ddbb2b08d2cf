import { defineCommand } from '../cli/command.ts';

interface Options {
  from: string;
  to: string;
  plain?: boolean;
}

export const galleryCopyCommand = defineCommand<Options>({
  path: ['gallery', 'copy'],
  opensGalleries: true,
  summary: 'copies a gallery, also into a PostgreSQL database or out of it',
  description:
    'The copy has the same people, faces, pictures and ids, and the same threshold. It appears once it is complete. ' +
    'The gallery may be in use meanwhile. In a database, several machines can use one gallery at once.',
  examples: [
    [
      'semblance gallery copy people "postgres://semblance@db.example/faces?collection=staff"',
      'a gallery that several machines serve from',
    ],
    ['semblance gallery copy postgres://semblance@db.example/faces ./backup', 'and a folder made of one'],
  ],
  configure(command) {
    command
      .argument('<from>', 'the gallery: a name, a folder or postgres://USER@HOST/DATABASE?collection=NAME')
      .argument('<to>', 'where the copy goes: a folder, or such an address')
      .option('--plain', 'copies an encrypted gallery into a database, where it is not encrypted');
  },
  async run({ from, to, plain: isPlain = false }, io) {
    const { copyGallery, findGallery, galleryKeys, shownGallery } = await import('@semblance/face/gallery');
    const { subjects, faces } = await copyGallery(await findGallery(from, io.env), to, {
      ...{ keys: galleryKeys({}, io.env), isPlain },
    });
    io.out(`${subjects} people with ${faces} faces copied to ${shownGallery(to)}`);
    return 0;
  },
});
