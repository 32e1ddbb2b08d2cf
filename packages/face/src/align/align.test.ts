import { describe, expect, test } from 'vitest';
import {
  applySimilarity,
  invertSimilarity,
  type Similarity,
  similarityTransform,
} from '../geometry/similarity.ts';
import type { Landmarks, Point } from '../geometry/types.ts';
import { createImage, type Image } from '../image/image.ts';
import { alignFace } from './align.ts';
import { alignmentTemplate, TEMPLATE_112 } from './template.ts';
import { warpImage } from './warp.ts';

/** A picture whose colour changes smoothly and differently in each channel. */
function smooth(width: number, height: number): Image {
  const image = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      image.data.set(
        [128 + 100 * Math.sin(x / 9), 128 + 100 * Math.cos(y / 7), (x + y) % 200],
        3 * (y * width + x),
      );
    }
  }
  return image;
}

/** The bilinear sample at a point, black outside, written as its definition. */
function sample({ data, width, height }: Image, x: number, y: number, c: number): number {
  let sum = 0;
  for (let j = 0; j < height; j++) {
    const v = Math.max(0, 1 - Math.abs(y - j));
    if (v === 0) continue;
    for (let i = 0; i < width; i++) {
      const u = Math.max(0, 1 - Math.abs(x - i));
      if (u > 0) sum += u * v * data[3 * (j * width + i) + c]!;
    }
  }
  return sum;
}

describe('template', () => {
  test('sizes scale it, multiples of 128 also move it right, and what is no size is refused', () => {
    expect(alignmentTemplate(112)).toEqual(TEMPLATE_112);
    expect(alignmentTemplate(224)[0]).toEqual([76.5892, 103.3926]);
    expect(alignmentTemplate(128)[2]).toEqual([64.0252, 71.7366]);
    expect(alignmentTemplate(256)[2]![0]).toBeCloseTo(128.0504, 9);
    expect(alignmentTemplate(56)[0]![0]).toBeCloseTo(19.1473, 9);
    for (const size of [0, -112, 111.5]) {
      expect(() => alignmentTemplate(size)).toThrow(expect.objectContaining({ code: 'DATA_INVALID' }));
    }
  });
});

describe('warp', () => {
  const image = smooth(60, 50);

  test('the identity copies', () => {
    const out = warpImage(image, { a: 1, b: 0, tx: 5, ty: 3 }, 20);
    for (const [x, y] of [
      [0, 0],
      [19, 19],
      [7, 11],
    ] as const) {
      expect([...out.data.subarray(3 * (y * 20 + x), 3 * (y * 20 + x) + 3)]).toEqual([
        ...image.data.subarray(3 * ((y + 3) * 60 + x + 5), 3 * ((y + 3) * 60 + x + 5) + 3),
      ]);
    }
  });

  test('turned, scaled and over the border it equals the definition within rounding', () => {
    const toSource: Similarity = { a: 1.1, b: 0.45, tx: -8.3, ty: 6.7 };
    const out = warpImage(image, toSource, 40);
    for (let row = 0; row < 40; row += 3) {
      for (let column = 0; column < 40; column += 3) {
        const [x, y] = applySimilarity(toSource, [column, row]);
        for (let c = 0; c < 3; c++) {
          const difference = out.data[3 * (row * 40 + column) + c]! - sample(image, x, y, c);
          expect(Math.abs(difference)).toBeLessThanOrEqual(0.501);
        }
      }
    }
  });

  test('entirely outside it is black', () => {
    expect(warpImage(image, { a: 1, b: 0, tx: 500, ty: 0 }, 10)).toEqual(createImage(10, 10));
  });

  test('shrinking a fine checkerboard gives grey instead of a pattern that is not there', () => {
    const board = createImage(300, 300);
    for (let i = 0; i < 300 * 300; i++)
      board.data.fill(((i % 300) + Math.floor(i / 300)) % 2 ? 255 : 0, 3 * i, 3 * i + 3);
    const out = warpImage(board, { a: 4.1, b: 0, tx: 2, ty: 2 }, 60);
    for (const value of out.data) expect(Math.abs(value - 127.5)).toBeLessThan(40);
  });

  test('shrinking keeps places: the mean of n × n samples is centred on the pixel', () => {
    const wide = smooth(400, 400);
    const out = warpImage(wide, { a: 3, b: 0, tx: 30, ty: 30 }, 100);
    for (let i = 0; i < 100; i += 7) {
      expect(Math.abs(out.data[3 * (50 * 100 + i)]! - (128 + 100 * Math.sin((3 * i + 30) / 9)))).toBeLessThan(
        4,
      );
    }
  });
});

describe('alignment', () => {
  test('brings marked landmarks onto the template, from any pose and distance', () => {
    for (const [scale, angle] of [
      [0.5, 0.3],
      [1, -0.6],
      [1.8, 2],
      [3.7, 0.1],
    ] as const) {
      const place: Similarity = { a: scale * Math.cos(angle), b: scale * Math.sin(angle), tx: 300, ty: 260 };
      const centred = TEMPLATE_112.map(([x, y]): Point => [x - 56, y - 70]);
      const landmarks: Landmarks = centred.map((point) => applySimilarity(place, point));
      const image = createImage(600, 520);
      const [noseX, noseY] = landmarks[2]!;
      for (let y = 0; y < 520; y++) {
        for (let x = 0; x < 600; x++) {
          const value = 255 * Math.exp(-((x - noseX) ** 2 + (y - noseY) ** 2) / (2 * (4 * scale) ** 2));
          image.data.fill(value, 3 * (y * 600 + x), 3 * (y * 600 + x) + 3);
        }
      }
      const crop = alignFace(image, landmarks);
      let [sum, sumX, sumY] = [0, 0, 0];
      for (let i = 0; i < 112 * 112; i++) {
        const value = crop.data[3 * i]!;
        sum += value;
        sumX += value * (i % 112);
        sumY += value * Math.floor(i / 112);
      }
      expect(sumX / sum).toBeCloseTo(TEMPLATE_112[2]![0], 0.5);
      expect(sumY / sum).toBeCloseTo(TEMPLATE_112[2]![1], 0.5);
    }
  });

  test('the least-squares map of perfect landmarks is the inverse of their placing', () => {
    const place: Similarity = { a: 2, b: 0.5, tx: 10, ty: 20 };
    const landmarks = TEMPLATE_112.map((point) => applySimilarity(place, point));
    const found = invertSimilarity(similarityTransform(landmarks, alignmentTemplate(112)));
    for (const key of ['a', 'b', 'tx', 'ty'] as const) expect(found[key]).toBeCloseTo(place[key], 8);
  });
});
