import { mapAhead } from '@semblance/core/async';
import { iou } from '@semblance/face/geometry';
import { asPhotoError, decodeImage } from '@semblance/face/image';
import type { Detector } from '@semblance/face/models';
import type { LabelledFace, LabelledImage } from '../datasets/label-types.ts';
import { SemblanceError } from '../error.ts';

export interface FilledLandmarks {
  images: LabelledImage[];
  /** Faces that had no landmarks, and how many of them have some now. */
  without: number;
  filled: number;
}

/** A detection is the labelled face from this IoU of the boxes on. */
const SAME_FACE = 0.5;
/** Labels say that there is a face: what a detector is not sure of is still the best guess at its landmarks. */
const LEAST_SCORE = 0.1;

/**
 * Landmarks for faces that are labelled without any, as a detector sees them: a label takes the detection of largest IoU,
 * from ½ on. Boxes, and landmarks that are there, stay as they are; photos that cannot be read come back unchanged.
 *
 * A network that learns boxes alone forgets its landmarks, as they share its features; taught what it said before, it keeps
 * them: Li and Hoiem, "Learning without Forgetting" (2016).
 *
 * @throws SemblanceError MODEL_NO_LANDMARKS
 */
export async function fillLandmarks(
  images: readonly LabelledImage[],
  detector: Detector,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<FilledLandmarks> {
  if (!detector.hasLandmarks) throw new SemblanceError('MODEL_NO_LANDMARKS');
  const result: FilledLandmarks = { images: [], without: 0, filled: 0 };
  const look = async (image: LabelledImage): Promise<LabelledImage> => {
    if (image.faces.every(({ landmarks }) => landmarks !== null)) return image;
    const photo = await decodeImage(image.path).catch((error: unknown) => void asPhotoError(error));
    if (!photo) return image;
    const found = await detector.detect(photo, { scoreThreshold: LEAST_SCORE, scale: 1 });
    const fill = (face: LabelledFace): LabelledFace => {
      if (face.landmarks) return face;
      const overlaps = found.map(({ box }) => iou(box, face.box));
      const best = overlaps.indexOf(Math.max(...overlaps));
      const landmarks = (overlaps[best] ?? 0) >= SAME_FACE ? (found[best]?.landmarks ?? null) : null;
      return { ...face, landmarks };
    };
    return { ...image, faces: image.faces.map(fill) };
  };
  for await (const image of mapAhead(images, look, 2)) {
    const before = images[result.images.length]!.faces;
    result.without += before.filter(({ landmarks }) => !landmarks).length;
    result.filled += image.faces.filter(({ landmarks }, i) => landmarks && !before[i]!.landmarks).length;
    result.images.push(image);
    onProgress(result.images.length, images.length);
  }
  return result;
}
