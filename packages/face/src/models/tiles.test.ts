import { describe, expect, test } from 'vitest';
import type { Face } from '../geometry/types.ts';
import { createImage, type Image } from '../image/image.ts';
import { detectInTiles, planTiles } from './tiles.ts';

describe('planTiles', () => {
  test.each([
    [640, 480, 640],
    [641, 480, 640],
    [6000, 4000, 640],
    [1, 10_000, 640],
    [1000, 1000, 64],
  ])('%i × %i by %i: every pixel is covered, and neighbours overlap by a quarter', (width, height, tile) => {
    const tiles = planTiles(width, height, tile);
    const lefts = [...new Set(tiles.map(({ left }) => left))];
    expect(lefts[0]).toBe(0);
    for (const [i, left] of lefts.entries()) {
      if (i > 0) expect(left - lefts[i - 1]!).toBeLessThanOrEqual(0.75 * tile);
    }
    for (const part of tiles) {
      expect([part.width, part.height]).toEqual([Math.min(tile, width), Math.min(tile, height)]);
      expect(part.left + part.width).toBeLessThanOrEqual(width);
      expect(part.top + part.height).toBeLessThanOrEqual(height);
    }
    expect(Math.max(...tiles.map(({ left }) => left)) + Math.min(tile, width)).toBe(width);
    expect(Math.max(...tiles.map(({ top }) => top)) + Math.min(tile, height)).toBe(height);
  });
});

/** Finds the white rectangles of a picture, cut ones included, as a detector would; none in a picture that was to be shrunk. */
function rectangleFinder(asked: (string | undefined)[]) {
  return async ({ data, width, height }: Image, { scale }: { scale?: 'fit' | number }): Promise<Face[]> => {
    asked.push(scale === undefined ? undefined : String(scale));
    if (scale === 'fit') return [];
    const isWhite = (x: number, y: number): boolean =>
      x >= 0 && y >= 0 && x < width && y < height && data[3 * (y * width + x)] === 255;
    const faces: Face[] = [];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (!isWhite(x, y) || isWhite(x - 1, y) || isWhite(x, y - 1)) continue;
        let [x2, y2] = [x, y];
        while (isWhite(x2, y)) x2++;
        while (isWhite(x, y2)) y2++;
        faces.push({ box: [x, y, x2, y2], score: 0.9, landmarks: [[x + 1, y + 2]] });
      }
    }
    return faces;
  };
}

test('a face in the overlap is found once, and parts of faces never', async () => {
  const image = createImage(400, 300);
  const places: [number, number][] = [];
  // rectangles of 12 × 10, everywhere: also over every seam
  for (let top = 5; top < 285; top += 23) {
    for (let left = 3; left < 385; left += 19) {
      places.push([left, top]);
      for (let y = top; y < top + 10; y++)
        image.data.fill(255, 3 * (400 * y + left), 3 * (400 * y + left + 12));
    }
  }
  const asked: (string | undefined)[] = [];
  const faces = await detectInTiles(rectangleFinder(asked), image, { tile: 128 });
  const found = faces.map(({ box }) => [box[0], box[1]]).sort((a, b) => a[1]! - b[1]! || a[0]! - b[0]!);
  expect(found).toEqual(places);
  for (const { box, landmarks } of faces) {
    expect([box[2] - box[0], box[3] - box[1]]).toEqual([12, 10]);
    expect(landmarks).toEqual([[box[0] + 1, box[1] + 2]]);
  }
  // the whole picture once, then every tile as the caller asked
  expect(asked.filter((scale) => scale === 'fit')).toHaveLength(1);
  expect(asked.filter((scale) => scale === undefined)).toHaveLength(planTiles(400, 300, 128).length);
  expect(await detectInTiles(rectangleFinder([]), image, { tile: 128, maxFaces: 5 })).toHaveLength(5);
});
