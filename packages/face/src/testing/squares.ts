import { createImage, type Image } from '../image/image.ts';
import { type Picture, pixelsOf } from '../image/photo.ts';
import type { FaceDetector, FaceRecognizer } from '../pipeline/stages.ts';

// The smallest models there are: a "face" is a bright square on black, its embedding the square's colour.
export type Rgb = [number, number, number];

export function photo(...squares: { at: number; side: number; rgb: Rgb }[]): Image {
  const image = createImage(200, 100);
  for (const { at, side, rgb } of squares) {
    for (let y = 20; y < 20 + side; y++) {
      for (let x = at; x < at + side; x++) {
        // a chequered pattern: a flat square would have no quality at all
        const light = ((x >> 2) + (y >> 2)) % 2 === 0 ? 1 : 0.5;
        image.data.set(
          rgb.map((value) => value * light),
          3 * (y * 200 + x),
        );
      }
    }
  }
  return image;
}

export function squareDetector(): FaceDetector & { id: string; calls: number } {
  const detector = {
    id: 'squares-000000000000',
    hasLandmarks: true,
    calls: 0,
    async detect(picture: Picture) {
      const { data, width } = await pixelsOf(picture);
      detector.calls++;
      const isLit = (x: number): boolean =>
        x < width && Math.max(...data.subarray(3 * (20 * width + x), 3 * (20 * width + x) + 3)) > 0;
      const faces = [];
      for (let x = 0; x < width; x++) {
        if (!isLit(x)) continue;
        const left = x;
        while (isLit(x)) x++;
        const side = x - left;
        const at = (u: number, v: number): [number, number] => [left + u * side, 20 + v * side];
        faces.push({
          box: [left, 20, left + side, 20 + side] as [number, number, number, number],
          score: 0.9,
          landmarks: [at(0.34, 0.46), at(0.66, 0.46), at(0.5, 0.64), at(0.37, 0.82), at(0.63, 0.82)],
        });
      }
      return faces;
    },
  };
  return detector;
}

export const colourRecognizer = (
  id = 'colours-000000000000',
): FaceRecognizer & { id: string; embeddingSize: number } => ({
  id,
  cropSize: 112,
  embeddingSize: 3,
  async embed(crops) {
    return crops.map(({ data }) => {
      const middle = Float32Array.from(data.subarray(3 * (60 * 112 + 56), 3 * (60 * 112 + 56) + 3));
      const norm = Math.hypot(...middle);
      return middle.map((value) => value / norm);
    });
  },
});

export const red: Rgb = [200, 0, 0];
export const green: Rgb = [0, 200, 0];
export const blue: Rgb = [0, 0, 200];
export const one = (rgb: Rgb, at = 80): Image => photo({ at, side: 60, rgb });
