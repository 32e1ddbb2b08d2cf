import { defineCommand } from '../cli/command.ts';

interface Options {
  gallery: string;
  people: string[];
}

export const galleryRemoveCommand = defineCommand<Options>({
  path: ['gallery', 'remove'],
  summary: 'removes people from a gallery',
  description:
    'Deletes all their faces, embeddings and crops for good: no file of the gallery contains them any more. A person who still has a folder of photos comes back when the' +
    ' gallery is built again, so delete that too. If one of the names is unknown, nobody is removed.',
  examples: [['semblance gallery remove people "Ada Lovelace"', 'removes one person']],
  configure(command) {
    command
      .argument('<gallery>', 'the gallery: a name or a folder')
      .argument('<people...>', 'the names of the people');
  },
  async run({ gallery: given, people }, io) {
    const { eraseFromGallery, findGallery, Gallery } = await import('@semblance/face/gallery');
    const { didYouMean } = await import('@semblance/core');
    const { SemblanceError } = await import('../error.ts');
    const path = await findGallery(given, io.env);
    await using gallery = await Gallery.open(path);
    const unknown = people.find((name) => !gallery.has(name));
    if (unknown !== undefined) {
      const names = (await gallery.subjects()).map(({ name }) => name);
      const message = `the gallery knows no ${unknown}${didYouMean(unknown, names)}`;
      throw new SemblanceError('GALLERY_SUBJECT_NOT_FOUND', message, { details: { subject: unknown } });
    }
    for (const name of new Set(people)) io.out(`${name}: ${await gallery.remove(name)} faces removed`);
    await gallery.close();
    // what builds left of them beside it
    await eraseFromGallery(path, { ids: [], contentHashes: [], subjects: people }, 'gallery remove');
    return 0;
  },
});
