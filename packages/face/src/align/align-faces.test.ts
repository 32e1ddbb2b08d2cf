import { expect, test } from 'vitest';
import { applySimilarity, type Similarity } from '../geometry/similarity.ts';
import type { Landmarks } from '../geometry/types.ts';
import { decodeImage } from '../image/decode.ts';
import { encodeJpeg } from '../image/encode.ts';
import { createImage, type Image } from '../image/image.ts';
import { openPhoto } from '../image/photo.ts';
import { alignFace } from './align.ts';
import { alignFaces } from './align-faces.ts';
import { TEMPLATE_112 } from './template.ts';

/** Waves that a crop of any of the faces below still shows. */
function waves(width: number, height: number): Image {
  const image = createImage(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      image.data[at] = 128 + 90 * Math.sin(x / 70);
      image.data[at + 1] = 128 + 90 * Math.cos(y / 60);
      image.data[at + 2] = 128 + 90 * Math.sin((x + y) / 80);
    }
  }
  return image;
}

/** Landmarks of a face that a crop shrinks so many times, turned by an angle. */
function face(shrink: number, angle: number, x: number, y: number): Landmarks {
  const place: Similarity = { a: shrink * Math.cos(angle), b: shrink * Math.sin(angle), tx: x, ty: y };
  return TEMPLATE_112.map((point) => applySimilarity(place, point));
}

test('crops of a large photo are those of all its pixels, however small its faces', {
  timeout: 60_000,
}, async () => {
  const bytes = await encodeJpeg(waves(3200, 1600), { quality: 95 });
  const whole = await decodeImage(bytes);
  for (const faces of [
    [face(9, 0.2, 400, 100)],
    [face(6, -0.3, 300, 500), face(12, 0.1, 1400, 60)],
    [face(2, 0, 100, 100), face(8, 0.4, 900, 200)],
  ]) {
    const crops = await alignFaces(await openPhoto(bytes), faces);
    expect(crops.length).toBe(faces.length);
    for (const [i, landmarks] of faces.entries()) {
      const expected = alignFace(whole, landmarks);
      let worst = 0;
      for (const [k, value] of crops[i]!.data.entries()) {
        worst = Math.max(worst, Math.abs(value - expected.data[k]!));
      }
      // A pixel of these crops is 1.5 to 15 levels from the next.
      expect(worst).toBeLessThanOrEqual(5);
    }
  }
});

test('pixels are aligned as they are, and no faces give no crops', async () => {
  const image = waves(400, 300);
  const landmarks = face(1.5, 0.1, 60, 40);
  expect(await alignFaces(image, [landmarks], 56)).toEqual([alignFace(image, landmarks, 56)]);
  expect(await alignFaces(image, [])).toEqual([]);
  expect(await alignFaces(await openPhoto(await encodeJpeg(image)), [])).toEqual([]);
});

test('crops of a photo that is decoded at once are those of its pixels, to the byte, however large its faces', async () => {
  const bytes = await encodeJpeg(waves(1600, 1200));
  const landmarks = face(6, 0.2, 300, 200);
  expect(await alignFaces(await openPhoto(bytes), [landmarks])).toEqual([
    alignFace(await decodeImage(bytes), landmarks),
  ]);
});
