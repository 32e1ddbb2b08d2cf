import { boxArea, clipBox } from '@semblance/face/geometry';
import type { LabelledFace } from './label-types.ts';

/** Labelled faces as far as their photo shows them. */
export interface FacesInPhoto {
  faces: LabelledFace[];
  /** How many reached out of the photo and were clipped. */
  numClipped: number;
  /** How many lie wholly outside and are left out. */
  numOutside: number;
}

/**
 * Clips boxes to their photo and leaves out those of which nothing is in it: nobody can find a face where no picture is.
 * A face within is the very same object; landmarks stay as they are.
 */
export function facesInPhoto(
  labelled: readonly LabelledFace[],
  { width, height }: { width: number; height: number },
): FacesInPhoto {
  const result: FacesInPhoto = { faces: [], numClipped: 0, numOutside: 0 };
  for (const face of labelled) {
    const box = clipBox(face.box, width, height);
    if (box.every((value, i) => value === face.box[i])) result.faces.push(face);
    else if (boxArea(box) > 0) {
      result.numClipped++;
      result.faces.push({ ...face, box });
    } else result.numOutside++;
  }
  return result;
}
