import { inTurns } from '@semblance/core/async';
import { invertSimilarity, similarityTransform } from '../geometry/similarity.ts';
import type { Landmarks } from '../geometry/types.ts';
import type { Image } from '../image/image.ts';
import { type Picture, resizePicture } from '../image/photo.ts';
import { alignFace } from './align.ts';
import { alignmentTemplate } from './template.ts';

/** Pixels of the resized photo for each of a crop's: below it, resampling twice would blur the smallest face. */
const PIXELS_PER_CROP_PIXEL = 1.5;

/**
 * {@link alignFace} for faces of one picture. A photo that is not decoded yet is decoded as large as its smallest face
 * needs, and no larger.
 *
 * @param faces five points of each in pixels of the picture.
 * @throws SemblanceError those of alignFace, and of decoding.
 * @param size side of the crops in pixels
 * @returns a crop for each face, in order
 * @example
 * ```ts
 * import { alignFaces, loadDetector, openPhoto } from '@semblance/face';
 *
 * await using detector = await loadDetector('models/detector');
 * const photo = await openPhoto('photo.jpg');
 * const faces = await detector.detect(photo);
 * const crops = await alignFaces(photo, faces.map(({ landmarks }) => landmarks!));
 * console.log(crops.length); // 2
 * ```
 */
export async function alignFaces(
  picture: Picture,
  faces: readonly Landmarks[],
  size = 112,
): Promise<Image[]> {
  const pixels = 'data' in picture ? picture : picture.decoded;
  if (pixels) return inTurns(faces, (landmarks) => alignFace(pixels, landmarks, size));
  if (faces.length === 0) return [];
  const template = alignmentTemplate(size);
  const shrinks = faces.map((landmarks) => {
    const { a, b } = invertSimilarity(similarityTransform(landmarks, template));
    return Math.hypot(a, b);
  });
  const shrink = Math.max(1, Math.min(...shrinks) / PIXELS_PER_CROP_PIXEL);
  const width = Math.ceil(picture.width / shrink);
  const height = Math.ceil(picture.height / shrink);
  const view = await resizePicture(picture, width, height);
  const [scaleX, scaleY] = [width / picture.width, height / picture.height];
  return inTurns(faces, (landmarks) => {
    // Landmarks name pixel centres, and those of both sizes do not coincide.
    const moved = landmarks.map(([x, y]): [number, number] => [
      (x + 0.5) * scaleX - 0.5,
      (y + 0.5) * scaleY - 0.5,
    ]);
    return alignFace(view, moved, size);
  });
}
