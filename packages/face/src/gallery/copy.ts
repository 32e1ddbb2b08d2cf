import { SemblanceError } from '../error.ts';
import { isGalleryAddress, shownGallery } from './gallery-address.ts';
import { makeGalleryOf, openGalleryStore } from './gallery-place.ts';
import type { GalleryKeys } from './sealing/key-source.ts';
import type { GalleryMeta, KeptStore, NewFace } from './store.ts';

/** Faces that are copied at a time. */
const BATCH = 500;

export interface CopyOptions {
  /** Where the keys of an encrypted gallery are; what the environment says if not given, see `galleryKeys`. */
  keys?: GalleryKeys | undefined;
  /** Copies an encrypted gallery into a database, where it is not encrypted. */
  isPlain?: boolean;
}

/** What a copy has. */
export interface GalleryCopy {
  subjects: number;
  faces: number;
  negatives: number;
}

/**
 * Copies a gallery to a new one, between a folder and a database or of the same kind: faces with their pictures, under the
 * same ids, negatives and the threshold. The copy appears once it is whole.
 *
 * @param from a folder, the file in it, or `postgres://USER@HOST/DATABASE?collection=NAME`; others may use it meanwhile
 * @param to the same; nothing may be there yet
 * @throws SemblanceError USAGE_INVALID_VALUE for an encrypted gallery on its way into a database, which is not encrypted;
 *   GALLERY_NOT_FOUND, GALLERY_EXISTS, GALLERY_BUSY, GALLERY_CORRUPT; GALLERY_UNREACHABLE,
 *   GALLERY_DENIED; STORAGE_FULL and others of the disk
 * @example
 * ```ts
 * import { copyGallery } from '@semblance/face/gallery';
 *
 * const { subjects, faces } = await copyGallery('gallery', 'gallery-of-today');
 * console.log(subjects, faces); // 3 9
 * ```
 */
export async function copyGallery(
  from: string,
  to: string,
  { keys, isPlain = false }: CopyOptions = {},
): Promise<GalleryCopy> {
  const source = await openGalleryStore(from, { readOnly: true, keys });
  try {
    const meta = await source.readMeta();
    if (meta === null)
      throw new SemblanceError('GALLERY_CORRUPT', `${shownGallery(from)} has no stored settings`);
    if (source.galleryId !== null && isGalleryAddress(to) && !isPlain)
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        `${shownGallery(from)} is encrypted, and a gallery in a database is not: --plain copies it all the same`,
      );
    return await makeGalleryOf(to, 'gallery copy', (target) => copyInto(source, target, meta), keys);
  } finally {
    await source.close();
  }
}

/** Copies what a store has into an empty one, and last a description. */
export async function copyInto(
  source: KeptStore,
  target: KeptStore,
  meta: GalleryMeta,
): Promise<GalleryCopy> {
  const faces = await copyFaces(source, target);
  let negatives = 0;
  for (const negative of await source.negatives())
    if ((await target.addNegative(negative)) !== null) negatives++;
  await target.writeMeta(meta);
  return { subjects: (await target.subjects()).length, faces, negatives };
}

async function copyFaces(source: KeptStore, target: KeptStore): Promise<number> {
  let count = 0;
  let pending: NewFace[] = [];
  const write = async (): Promise<void> => {
    count += pending.length;
    await target.addFaces(pending);
    pending = [];
  };
  for await (const face of source.faces()) {
    pending.push({ ...face, crop: await source.crop(face.id) });
    if (pending.length === BATCH) await write();
  }
  await write();
  return count;
}
