import { lcg32 } from '@semblance/core/random';
import type { Box } from '@semblance/face/geometry';
import { describe, expect, test } from 'vitest';
import { averagePrecision, type DetectionResult, detectionCounts } from './detection.ts';
import { pixelIou, widerAveragePrecision } from './wider.ts';

const at = (x: number): Box => [x, 0, x + 10, 10];
const found = (...items: [x: number, score: number][]) => items.map(([x, score]) => ({ box: at(x), score }));
const truth = (...xs: number[]) => xs.map((x) => ({ box: at(x) }));

describe('detectionCounts', () => {
  test('a second detection of one face is a mistake, whatever its order in the list', () => {
    const results = [{ found: found([1, 0.8], [0, 0.9], [100, 0.7]), truth: truth(0, 50) }];
    expect(detectionCounts(results)).toEqual({
      truePositives: 1,
      falsePositives: 2,
      falseNegatives: 1,
      recall: 1 / 2,
      precision: 1 / 3,
      f1: 0.4,
    });
  });

  test('the score threshold and the IoU threshold are inclusive', () => {
    // 10 wide shifted by 10/3: overlap 20/3, union 40/3, IoU exactly one half
    const half = {
      found: [{ box: [0, 0, 30, 10] as Box, score: 0.5 }],
      truth: [{ box: [10, 0, 40, 10] as Box }],
    };
    expect(detectionCounts([half]).recall).toBe(1);
    expect(detectionCounts([half], { scoreThreshold: 0.51 }).recall).toBe(0);
    expect(detectionCounts([half], { iouThreshold: 0.51 }).recall).toBe(0);
  });

  test('ignored faces are neither misses nor mistakes', () => {
    const results = [{ found: found([0, 0.9]), truth: [{ box: at(0), ignore: true }, { box: at(50) }] }];
    expect(detectionCounts(results)).toMatchObject({
      truePositives: 0,
      falsePositives: 0,
      falseNegatives: 1,
    });
  });

  test('nothing found and nothing there', () => {
    expect(detectionCounts([{ found: [], truth: [] }])).toMatchObject({ recall: 0, precision: 0, f1: 0 });
  });
});

describe('averagePrecision', () => {
  test('hand-made curve: hit, miss, hit of three faces', () => {
    // by score: (r, p) = (1/3, 1), (1/3, 1/2), (2/3, 2/3); AP = 1/3·1 + 1/3·2/3 = 5/9
    const results = [
      { found: found([0, 0.9], [200, 0.8]), truth: truth(0, 50) },
      { found: found([0, 0.7]), truth: truth(0) },
    ];
    expect(averagePrecision(results)).toBeCloseTo(5 / 9, 12);
  });

  test('one for a perfect detector, zero for a blind one, an error without faces', () => {
    expect(averagePrecision([{ found: found([0, 0.2], [50, 0.1]), truth: truth(0, 50) }])).toBe(1);
    expect(averagePrecision([{ found: [], truth: truth(0) }])).toBe(0);
    expect(() => averagePrecision([{ found: found([0, 1]), truth: [] }])).toThrow('no labelled face');
  });

  test('equal scores give one point, so the order of the photos does not matter', () => {
    const hit = { found: found([0, 0.5]), truth: truth(0) };
    const miss = { found: found([90, 0.5]), truth: truth(0) };
    expect(averagePrecision([hit, miss])).toBe(averagePrecision([miss, hit]));
    expect(averagePrecision([hit, miss])).toBeCloseTo(0.25, 12);
  });
});

describe('widerAveragePrecision', () => {
  test('one for a perfect detector', () => {
    const results = [{ found: found([0, 0.9], [50, 0.4]), truth: truth(0, 50) }];
    expect(widerAveragePrecision(results)).toBe(1);
  });

  test('a duplicate counts against it, an ignored face does not, an unlabelled photo is left out', () => {
    const duplicate = [{ found: found([0, 0.9], [1, 0.8], [50, 0.1]), truth: truth(0, 50) }];
    // (r, p): (1/2, 1), (1/2, 1/2), (1, 2/3); AP = 1/2 + 1/2·2/3
    expect(widerAveragePrecision(duplicate)).toBeCloseTo(5 / 6, 12);
    const ignored: DetectionResult[] = [
      { found: found([0, 0.9], [50, 0.1]), truth: [{ box: at(0), ignore: true }, { box: at(50) }] },
      { found: found([0, 0.9]), truth: [] },
    ];
    expect(widerAveragePrecision(ignored)).toBe(1);
  });

  test('scores are normalised over the whole set: only their order and spread count', () => {
    const results = (scale: number) => [
      { found: found([0, 0.9 * scale], [200, 0.5 * scale]), truth: truth(0, 50) },
      { found: found([50, 0.1 * scale]), truth: truth(50) },
    ];
    // (1/3, 1), (1/3, 1/2), (2/3, 2/3)
    expect(widerAveragePrecision(results(1))).toBeCloseTo(5 / 9, 12);
    expect(widerAveragePrecision(results(0.01))).toBeCloseTo(5 / 9, 12);
  });

  test('agrees with the published evaluation code, run in NumPy on the same 20 photos', () => {
    const random = lcg32(7);
    const results = Array.from({ length: 20 }, (_, i): DetectionResult => {
      const faces = Array.from({ length: i % 6 }, () => {
        const [x, y, side] = [random() * 200, random() * 200, 8 + random() * 30];
        return { box: [x, y, x + side, y + side] as Box, ignore: side < 16 };
      });
      const hits = [...faces, ...faces].map((_, k) => {
        const [x1, y1, x2, y2] = faces[k >> 1]!.box;
        const [score, dx, dy] = [random(), random() * 12 - 6, random() * 12 - 6];
        return { box: [x1 + dx, y1 + dy, x2 + dx, y2 + dy] as Box, score };
      });
      return { found: [...hits, { box: [300, 300, 320, 320], score: random() }], truth: faces };
    });
    expect(widerAveragePrecision(results)).toBeCloseTo(0.48309025250405974, 9);
  });

  test('the overlap counts whole pixels', () => {
    // inclusive widths: 10 against 10, shared 5 of 15
    expect(pixelIou([0, 0, 9, 9], [5, 0, 14, 9])).toBeCloseTo(1 / 3, 12);
    expect(pixelIou([0, 0, 9, 9], [10, 0, 19, 9])).toBe(0);
    expect(pixelIou([0, 0, 9, 9], [9, 0, 18, 9])).toBeCloseTo(10 / 190, 12);
  });
});
