import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import type { GalleryHost } from '../../fleet/gallery-hosts.ts';
import { faceIdOf } from '../contracts.ts';
import { givenText } from './schemas.ts';

export const imageIdParams = z.object({ image_id: givenText() });

export const noFace = (imageId: string): SemblanceError =>
  new SemblanceError('GALLERY_FACE_NOT_FOUND', `the gallery has no face ${imageId.slice(0, 40)}`);

/** An enrolled face. @throws SemblanceError GALLERY_FACE_NOT_FOUND */
export async function findFace(gallery: GalleryHost, imageId: string) {
  const face = await gallery.thread.call('face', faceIdOf(imageId));
  if (face === null) throw noFace(imageId);
  return face;
}
