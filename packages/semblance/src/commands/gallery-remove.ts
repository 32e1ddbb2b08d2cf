import { defineCommand } from '../cli/command.ts';

interface Options {
  gallery: string;
  people: string[];
  receipt?: string;
}

export const galleryRemoveCommand = defineCommand<Options>({
  path: ['gallery', 'remove'],
  opensGalleries: true,
  summary: 'removes people from a gallery',
  description:
    'Deletes all their faces, embeddings and crops for good: no file of the gallery contains them any more. A person who still has a folder of photos comes back when the' +
    ' gallery is built again, so delete that too. If one of the names is unknown, nobody is removed. In an encrypted gallery their keys are destroyed, so that backups of ' +
    'before cannot be read for them; --receipt writes a signed proof, which gallery verify-receipt checks.',
  examples: [
    ['semblance gallery remove people "Ada Lovelace"', 'removes one person'],
    [
      'semblance gallery remove people "Ada Lovelace" --receipt ada.json',
      'with a signed receipt, from an encrypted gallery',
    ],
  ],
  configure(command) {
    command
      .argument('<gallery>', 'the gallery: a name, a folder or postgres://USER@HOST/DATABASE')
      .argument('<people...>', 'the names of the people')
      .option('--receipt <file>', 'writes a signed receipt for each person, a line each');
  },
  async run({ gallery: given, people, receipt }, io) {
    const { eraseFromGallery, findGallery, Gallery, galleryKeys, openGalleryStore, shownGallery } =
      await import('@semblance/face/gallery');
    const { exists, writeFileAside } = await import('@semblance/core/files');
    const { didYouMean } = await import('@semblance/core');
    const { SemblanceError } = await import('../error.ts');
    const path = await findGallery(given, io.env);
    const keys = galleryKeys({}, io.env);
    if (receipt !== undefined && (await exists(receipt)))
      throw new SemblanceError('PATH_EXISTS', `there is a file at ${receipt}: receipts are not overwritten`);
    const store = await openGalleryStore(path, { keys });
    await using gallery = await Gallery.fromStore(store).catch(async (error) => {
      await store.close();
      throw error;
    });
    if (receipt !== undefined && store.galleryId === null) {
      const message = `${shownGallery(path)} is not encrypted, so that copies of it prove nothing: semblance gallery encrypt, then remove`;
      throw new SemblanceError('USAGE_INVALID_VALUE', message);
    }
    const unknown = people.find((name) => !gallery.has(name));
    if (unknown !== undefined) {
      const names = (await gallery.subjects()).map(({ name }) => name);
      const message = `the gallery knows no ${unknown}${didYouMean(unknown, names)}`;
      throw new SemblanceError('GALLERY_SUBJECT_NOT_FOUND', message, { details: { subject: unknown } });
    }
    const receipts: string[] = [];
    for (const name of new Set(people)) {
      io.out(`${name}: ${await gallery.remove(name)} faces removed`);
      receipts.push(...(store.takeReceipts?.() ?? []).map((each) => JSON.stringify(each)));
    }
    await gallery.close();
    if (receipt !== undefined) {
      await writeFileAside(receipt, `${receipts.join('\n')}\n`, 0o600).catch((error) => {
        for (const line of receipts) io.out(line); // they cannot be made again
        throw error;
      });
    }
    // what builds left of them beside it
    await eraseFromGallery(path, { ids: [], contentHashes: [], subjects: people }, 'gallery remove', keys);
    return 0;
  },
});
