import { dirname, join } from 'node:path';
import { fingerprintFiles, hashBytes, makeFolder, statOrThrow, writeFile } from '@semblance/core/files';
import { openImages } from '../image-lists/index.ts';
import { readPersonFolders } from '../person-folders.ts';
import { MOST_HASHED_IMAGES, type PersonSourceKind } from '../person-source.ts';
import { assertAbsent, photoNames, readOrRefuse } from './write-names.ts';

/** A folder per person: `anna/1.jpg`, `anna/2.jpg`, `bert/1.jpg`. */
export const folder: PersonSourceKind = {
  recognises: async (path) => (await statOrThrow(path)).isDirectory(),

  async read(path) {
    const { root, people, numImages, emptyFolders, unreadable, loosePhotos } = await readPersonFolders(path);
    const names = people.flatMap(({ name, images }) => images.map((image) => `${name}/${image.name}`));
    const labels = new Int32Array(numImages);
    let at = 0;
    for (const { label, images } of people) {
      labels.fill(label, at, at + images.length);
      at += images.length;
    }
    return {
      kind: 'folder',
      path: root,
      people: people.map(({ name }) => name),
      images: { kind: 'files', root, names },
      labels,
      notes: [
        ...emptyFolders.map((name) => `${name} has no photos`),
        ...unreadable.map(({ name, error }) => `${name} cannot be read: ${error.message}`),
        ...loosePhotos.map((name) => `${name} lies beside the folders and is nobody’s`),
      ],
      fingerprint: async () =>
        numImages > MOST_HASHED_IMAGES
          ? hashBytes(people.map(({ name, images }) => `${name}\0${images.length}\n`).join(''))
          : fingerprintFiles(names.map((name) => ({ name, path: join(root, name) }))),
    };
  },

  async write(source, out, { onProgress = () => {}, onRefused }) {
    await assertAbsent(out);
    await makeFolder(out);
    const images = openImages(source.images);
    const nameOf = photoNames(source);
    let numWritten = 0;
    try {
      for (let i = 0; i < images.length; i++) {
        const bytes = await readOrRefuse(images, i, onRefused);
        if (bytes) {
          const file = join(out, nameOf(i, images.name(i), bytes));
          await makeFolder(dirname(file));
          await writeFile(file, bytes);
          numWritten++;
        }
        onProgress(i + 1, images.length);
      }
    } finally {
      await images.close();
    }
    return numWritten;
  },
};
