import { alignmentTemplate } from '@semblance/face/align';
import { openPhoto, resizePicture } from '@semblance/face/image';
import { type FaceFinder, faceQuality } from '@semblance/face/pipeline';

/**
 * A finder for photos that are aligned crops already: each is one face, brought to the size that the recognizer takes,
 * with its landmarks where the template has them.
 *
 * @param size side of the recognizer's crops in pixels.
 */
export function alignedCrops(size: number): FaceFinder<Uint8Array> {
  return {
    hasLandmarks: true,
    async find(bytes, { decode } = {}) {
      const startMs = performance.now();
      const photo = await openPhoto(bytes, decode);
      const decodedMs = performance.now();
      const crop = await resizePicture(photo, size, size);
      const { width, height } = photo;
      const landmarks = alignmentTemplate(size).map(([x, y]): [number, number] => [
        ((x + 0.5) * width) / size - 0.5,
        ((y + 0.5) * height) / size - 0.5,
      ]);
      const face = { box: [0, 0, width, height] as [number, number, number, number], score: 1, landmarks };
      return {
        ...{ width, height, numFaces: 1 },
        faces: [{ ...face, quality: faceQuality(face, crop), crop, jpeg: null }],
        decodeMs: decodedMs - startMs,
        detectMs: performance.now() - decodedMs,
      };
    },
  };
}
