import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createImage, type Image } from '../image/image.ts';
import { tinyDetector } from '../testing/tiny-models.ts';
import type { Detector } from './detector.ts';
import { planFrame } from './frame.ts';
import { loadDetector } from './load.ts';
import { packImage } from './pack.ts';

/** A dark picture with white squares of 8 × 8 at these places. */
function squares(width: number, height: number, ...places: [number, number][]): Image {
  const image = createImage(width, height, [20, 20, 20]);
  for (const [left, top] of places) {
    for (let y = top; y < top + 8; y++)
      image.data.fill(255, 3 * (y * width + left), 3 * (y * width + left + 8));
  }
  return image;
}

describe('frame', () => {
  const free = { width: null, height: null, multipleOf: 32 };
  const fixed = { width: 640, height: 480, multipleOf: 32 };

  test('a free network gets the longer side at maxSide, padded to a multiple of 32', () => {
    const plan = planFrame(1280, 886, free);
    expect(plan).toMatchObject({ width: 640, height: 448, innerWidth: 640, innerHeight: 443, scaleX: 0.5 });
    expect(plan.scaleY).toBe(443 / 886);
    expect(planFrame(250, 250, free, { maxSide: 125 })).toMatchObject({
      width: 128,
      height: 128,
      scaleX: 0.5,
    });
  });

  test('fitting never enlarges, a number does', () => {
    expect(planFrame(250, 200, free)).toMatchObject({ width: 256, height: 224, scaleX: 1, scaleY: 1 });
    expect(planFrame(64, 48, fixed)).toMatchObject({
      width: 640,
      innerWidth: 64,
      innerHeight: 48,
      scaleX: 1,
    });
    expect(planFrame(64, 48, fixed, { scale: 3 })).toMatchObject({
      innerWidth: 192,
      innerHeight: 144,
      scaleX: 3,
    });
    expect(planFrame(64, 48, fixed, { scale: 99 })).toMatchObject({
      innerWidth: 640,
      innerHeight: 480,
      scaleX: 10,
    });
  });

  test("scale 1 is the photo's own size, on a fixed network no larger than it holds", () => {
    expect(planFrame(1000, 700, free, { scale: 1 })).toMatchObject({
      width: 1024,
      height: 704,
      scaleX: 1,
      scaleY: 1,
    });
    expect(planFrame(300, 200, fixed, { scale: 1 })).toMatchObject({
      width: 640,
      height: 480,
      innerWidth: 300,
      scaleX: 1,
    });
    expect(planFrame(1280, 480, fixed, { scale: 1 })).toMatchObject({
      innerWidth: 640,
      innerHeight: 240,
      scaleX: 0.5,
    });
  });

  test('senseless scales and endless inputs are refused', () => {
    for (const scale of [0, -1, Number.NaN]) {
      expect(() => planFrame(10, 10, free, { scale })).toThrow(
        expect.objectContaining({ code: 'USAGE_INVALID_VALUE' }),
      );
    }
    expect(() => planFrame(7000, 7000, free, { scale: 2 })).toThrow(
      expect.objectContaining({ code: 'IMAGE_TOO_LARGE' }),
    );
  });
});

test('pixels become (x − mean) / std in the order of channels, mirrored or not, the rest the mean colour', () => {
  const image = { data: Uint8Array.of(10, 20, 30, 40, 50, 60), width: 2, height: 1 };
  const out = new Float32Array(20).fill(9);
  packImage(image, { channels: 'RGB', mean: [10, 20, 30], std: [2, 5, 10] }, out, 1, 3, 2);
  expect([...out.subarray(1, 19)]).toEqual([0, 15, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0]);
  expect([out[0], out[19]]).toEqual([9, 9]);
  packImage(image, { channels: 'BGR', mean: [0, 0, 0], std: [1, 1, 1] }, out, 0, 2, 1, true);
  expect([...out.subarray(0, 6)]).toEqual([60, 30, 50, 20, 40, 10]);
});

describe('detector', () => {
  let dir = '';
  let detector: Detector;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'detector-'));
    await writeFile(join(dir, 'tiny.onnx'), tinyDetector());
    const conventions = { anchorsPerCell: 1 };
    detector = await loadDetector(join(dir, 'tiny.onnx'), { dialect: 'scrfd', conventions });
  });
  afterAll(async () => {
    await detector.close();
    await rm(dir, { recursive: true });
  });

  test('finds each square where it is, with its landmarks in order', async () => {
    const faces = await detector.detect(squares(128, 96, [40, 24], [96, 72]), { scale: 1 });
    expect(faces.map((face) => face.box)).toEqual([
      [28, 12, 52, 36],
      [84, 60, 108, 84],
    ]);
    expect(faces[0]!.score).toBeCloseTo(127.5 / 128, 5);
    expect(faces[0]!.landmarks).toEqual([
      [36, 20],
      [44, 20],
      [40, 24],
      [36, 28],
      [44, 28],
    ]);
  });

  test('scales back to the pixels of the picture, each axis by what it was really scaled', async () => {
    const image = squares(64, 45, [16, 16], [24, 16], [16, 24], [24, 24]);
    const [face] = await detector.detect(image, { scale: 100 / 64, scoreThreshold: 0.9 });
    const { scaleX, scaleY } = planFrame(64, 45, detector.manifest.input, { scale: 100 / 64 });
    expect([scaleX, scaleY]).toEqual([100 / 64, 70 / 45]);
    // White from 25 to 50 in the network: the cell at 32 is the first that is white all over.
    [20 / scaleX, 20 / scaleY, 44 / scaleX, 44 / scaleY].forEach((value, i) => {
      expect(face!.box[i]).toBeCloseTo(value, 4);
    });
  });

  test('thresholds, least size and number', async () => {
    const image = squares(128, 96, [40, 24], [96, 72], [8, 72]);
    image.data.forEach((value, i) => {
      if (value === 255 && i < 3 * 128 * 50) image.data[i] = 230;
    });
    expect((await detector.detect(image, { scale: 1 })).length).toBe(3);
    expect((await detector.detect(image, { scale: 1, scoreThreshold: 0.9 })).length).toBe(2);
    expect((await detector.detect(image, { scale: 1, maxFaces: 1 }))[0]!.score).toBeGreaterThan(0.99);
    expect(await detector.detect(image, { scale: 1, minFace: 24.1 })).toEqual([]);
    expect((await detector.detect(image, { scale: 1, minFace: 24 })).length).toBe(3);
    expect(await detector.detect(createImage(50, 50), { scale: 1 })).toEqual([]);
  });

  test('neighbours that overlap are one face', async () => {
    const image = squares(128, 96, [40, 24], [48, 24]);
    expect((await detector.detect(image, { scale: 1 })).length).toBe(1);
    expect((await detector.detect(image, { scale: 1, nmsThreshold: 0.6 })).length).toBe(2);
  });

  test('pictures under way at the same time do not mix', async () => {
    const images = [0, 1, 2, 3, 4].map((k) => squares(128, 96, [16 + 16 * k, 24]));
    const results = await Promise.all(images.map((image) => detector.detect(image, { scale: 1 })));
    expect(results.map(([face]) => face!.box[0])).toEqual([4, 20, 36, 52, 68]);
  });

  test('outputs of other sizes than the conventions tell are refused', async () => {
    await using wrong = await loadDetector(join(dir, 'tiny.onnx'), { dialect: 'scrfd' });
    await expect(wrong.detect(createImage(64, 64))).rejects.toMatchObject({ code: 'MODEL_DIALECT_MISMATCH' });
  });
});
