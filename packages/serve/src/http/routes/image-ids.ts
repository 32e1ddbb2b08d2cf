import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import type { GalleryHost } from '../../fleet/gallery-hosts.ts';
import { givenText } from './schemas.ts';

export const imageIdParams = z.object({ image_id: givenText() });

/** Ids are whole numbers; anything else is the id of no face. */
export const faceIdOf = (imageId: string): number => (/^\d{1,15}$/.test(imageId) ? Number(imageId) : -1);

export const noFace = (imageId: string): SemblanceError =>
  new SemblanceError('GALLERY_FACE_NOT_FOUND', `the gallery has no face ${imageId.slice(0, 40)}`);

/** An enrolled face. @throws SemblanceError GALLERY_FACE_NOT_FOUND */
export async function storedFace(gallery: GalleryHost, imageId: string) {
  const face = await gallery.thread.call('face', faceIdOf(imageId));
  if (face === null) throw noFace(imageId);
  return face;
}
