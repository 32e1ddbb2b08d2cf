import type { Gallery } from '../gallery/gallery.ts';
import { judgePhoto } from './check-photo.ts';
import { compareFaces } from './compare-faces.ts';
import { findDuplicates } from './duplicates.ts';
import type { CheckedFace, GalleryCheckup } from './gallery-checkup.ts';
import { missingPhotos } from './missing-photos.ts';
import type { PhotoFacts } from './photo-facts.ts';
import type { CheckMode } from './photo-limits.ts';

/** What is known of a face's picture. */
export interface FacePicture {
  facts: Partial<PhotoFacts>;
  /** The day it was taken, `2026-11-29`; null where the photo does not say. */
  day: string | null;
}

export interface ExamineOptions {
  /** By which limits pictures are judged (`standard`). */
  mode?: CheckMode;
  /** Measures a face's picture; null where there is none. By default its crop is measured, which tells light and blur. */
  measure?(face: CheckedFace & { contentHash: string | null }): Promise<FacePicture | null>;
  /** Most faces that are looked at, evenly spread (20,000). */
  most?: number;
  onProgress?(done: number, total: number): void;
}

/** A face on the way through the examination. */
export interface ExaminedFace extends CheckedFace {
  contentHash: string | null;
}

const MOST_FACES = 20_000;

/**
 * Looks through a gallery for what makes it mistake people: bad photos, duplicates, faces under the wrong name, one person under
 * two names, people who look alike, people with a single photo; and names the photo that would help most. Nothing is changed.
 *
 * @throws SemblanceError those of reading a gallery
 * @example
 * ```ts
 * import { examineGallery } from '@semblance/face/doctor';
 * import { Gallery } from '@semblance/face/gallery';
 *
 * await using gallery = await Gallery.open('gallery', { readOnly: true });
 * const { mislabels, onePhoto } = await examineGallery(gallery);
 * console.log(mislabels.length, onePhoto); // 0 …
 * ```
 */
export async function examineGallery(
  gallery: Gallery,
  options: ExamineOptions = {},
): Promise<GalleryCheckup> {
  const { mode = 'standard', measure = cropMeasure(gallery), most = MOST_FACES, onProgress } = options;
  const all: ExaminedFace[] = [];
  for await (const { id, subject, source, contentHash } of gallery.stored())
    all.push({ id, subject, photo: source, contentHash });
  const faces = all.length <= most ? all : evenly(all, most);

  const total = 2 * faces.length;
  const found = await compareFaces(gallery, faces, (done) => onProgress?.(done, total));
  const photos: GalleryCheckup['photos'] = [];
  const pictures = new Map<number, FacePicture>();
  for (const [i, face] of faces.entries()) {
    onProgress?.(faces.length + i, total);
    const picture = await measure(face);
    if (picture === null) continue;
    pictures.set(face.id, picture);
    const findings = judgePhoto(picture.facts, mode);
    const { contentHash: _, ...named } = face;
    if (findings.length > 0) photos.push({ ...named, findings });
  }
  const subjects = await gallery.subjects();
  return {
    ...{ format: 'semblance-gallery-doctor/1', mode, threshold: gallery.threshold },
    ...{ subjects: subjects.length, faces: all.length, compared: faces.length, measured: pictures.size },
    photos,
    duplicates: await findDuplicates(gallery, all, found.alike),
    ...{ mislabels: found.mislabels, outliers: found.outliers },
    ...{ twoNames: found.twoNames, lookAlikes: found.lookAlikes },
    onePhoto: subjects.filter(({ numFaces }) => numFaces === 1).map(({ name }) => name),
    missing: missingPhotos(faces, pictures),
  };
}

/** Measures what the gallery keeps itself. */
function cropMeasure(gallery: Gallery): NonNullable<ExamineOptions['measure']> {
  return async ({ id }) => {
    const crop = await gallery.crop(id);
    if (crop === null) return null;
    const { decodeImage } = await import('../image/decode.ts');
    const { measureCrop } = await import('./crop-measures.ts');
    return { facts: await measureCrop(await decodeImage(crop)), day: null };
  };
}

function evenly<T>(items: readonly T[], most: number): T[] {
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]!);
}
