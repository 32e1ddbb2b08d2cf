import { mulberry32 } from '@semblance/core/random';
import { describe, expect, test } from 'vitest';
import { buildAnchors, countAnchors } from './anchors.ts';
import { boxArea, clipBox, growBox, iou } from './box.ts';
import { nms } from './nms.ts';
import { applySimilarity, invertSimilarity, similarityTransform } from './similarity.ts';
import type { Box, Point } from './types.ts';
import { decodeBox, decodeLandmarks } from './variances.ts';

describe('boxes', () => {
  test('IoU of known pairs', () => {
    expect(iou([0, 0, 10, 10], [0, 0, 10, 10])).toBe(1);
    expect(iou([0, 0, 10, 10], [5, 0, 15, 10])).toBeCloseTo(1 / 3, 12);
    expect(iou([0, 0, 10, 10], [10, 0, 20, 10])).toBe(0);
    expect(iou([0, 0, 0, 0], [0, 0, 0, 0])).toBe(0);
  });

  test('area, clipping and growing', () => {
    expect(boxArea([2, 2, 5, 6])).toBe(12);
    expect(boxArea([5, 2, 2, 6])).toBe(0);
    expect(clipBox([-5, 3, 50, 70], 40, 60)).toEqual([0, 3, 40, 60]);
    expect(growBox([10, 20, 20, 40], 2)).toEqual([5, 10, 25, 50]);
  });
});

describe('non-maximum suppression', () => {
  test('keeps what a plain reading of its rule keeps', () => {
    const next = mulberry32(7);
    const count = 400;
    const boxes = new Float32Array(4 * count);
    const scores = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      const [x, y, w, h] = [next() * 80, next() * 80, 5 + next() * 30, 5 + next() * 30];
      boxes.set([x, y, x + w, y + h], 4 * i);
      scores[i] = Math.round(next() * 50) / 50;
    }
    const box = (i: number) => [...boxes.subarray(4 * i, 4 * i + 4)] as Box;
    const rest = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
    const expected: number[] = [];
    for (const i of rest) if (expected.every((kept) => iou(box(kept), box(i)) <= 0.4)) expected.push(i);
    expect([...nms(boxes, scores, 0.4)]).toEqual(expected);
    expect([...nms(boxes, scores, 0.4, 5)]).toEqual(expected.slice(0, 5));
  });

  test('of nothing is nothing', () => {
    expect(nms(new Float32Array(0), new Float32Array(0), 0.4).length).toBe(0);
  });
});

describe('anchors', () => {
  const minSizes = [
    [16, 32],
    [64, 128],
    [256, 512],
  ];
  const strides = [8, 16, 32];

  test('number: 16,800 at 640², 29,126 at 840²', () => {
    expect(buildAnchors({ width: 640, height: 640, minSizes, strides }).length).toBe(4 * 16_800);
    expect(countAnchors({ width: 840, height: 840, minSizes, strides })).toBe(29_126);
  });

  test('order: level, row, column, size; centres in the middle of cells; fractions of the input', () => {
    const anchors = buildAnchors({ width: 64, height: 32, minSizes, strides });
    const at = (n: number) => [...anchors.subarray(4 * n, 4 * n + 4)];
    expect(at(0)).toEqual([4 / 64, 4 / 32, 16 / 64, 16 / 32]);
    expect(at(1)).toEqual([4 / 64, 4 / 32, 32 / 64, 32 / 32]);
    expect(at(2)).toEqual([12 / 64, 4 / 32, 16 / 64, 16 / 32]);
    expect(at(16)).toEqual([4 / 64, 12 / 32, 16 / 64, 16 / 32]);
    expect(at(64)).toEqual([8 / 64, 8 / 32, 64 / 64, 64 / 32]);
    expect(at(80)).toEqual([16 / 64, 16 / 32, 256 / 64, 256 / 32]);
    expect(anchors.length / 4).toBe(84);
  });
});

describe('offsets', () => {
  test('decode what the formula encodes', () => {
    const anchor = { x: 100, y: 60, side: 32 };
    const box: Box = [85, 40, 125, 90];
    const [w, h] = [box[2] - box[0], box[3] - box[1]];
    const offsets = Float32Array.of(
      (105 - anchor.x) / (0.1 * anchor.side),
      (65 - anchor.y) / (0.1 * anchor.side),
      Math.log(w / anchor.side) / 0.2,
      Math.log(h / anchor.side) / 0.2,
    );
    const out = new Float32Array(6);
    decodeBox(offsets, 0, anchor, [0.1, 0.2], out, 1);
    box.forEach((value, i) => void expect(out[i + 1]).toBeCloseTo(value, 4));
    const points = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const landmarks = new Float32Array(10);
    decodeLandmarks(points, 0, anchor, [0.1, 0.2], landmarks, 0);
    expect(landmarks[0]).toBeCloseTo(100 + 3.2, 4);
    expect(landmarks[9]).toBeCloseTo(60 + 32, 4);
  });
});

describe('similarity', () => {
  const from: Point[] = [
    [30, 40],
    [70, 42],
    [51, 60],
    [35, 80],
    [66, 81],
  ];

  test('recovers a known one exactly, and its inverse undoes it', () => {
    const truth = { a: 1.3 * Math.cos(0.4), b: 1.3 * Math.sin(0.4), tx: -12, ty: 33 };
    const found = similarityTransform(
      from,
      from.map((point) => applySimilarity(truth, point)),
    );
    for (const key of ['a', 'b', 'tx', 'ty'] as const) expect(found[key]).toBeCloseTo(truth[key], 10);
    const [x, y] = applySimilarity(invertSimilarity(found), applySimilarity(found, [17, 5]));
    expect(x).toBeCloseTo(17, 9);
    expect(y).toBeCloseTo(5, 9);
  });

  test('has the least squared error: any step away from it makes it larger', () => {
    const next = mulberry32(3);
    const to = from.map(([x, y]): Point => [0.8 * x + 20 * next(), 0.8 * y + 20 * next()]);
    const best = similarityTransform(from, to);
    const error = (m: typeof best) =>
      from.reduce((sum, point, i) => {
        const [x, y] = applySimilarity(m, point);
        return sum + (x - to[i]![0]) ** 2 + (y - to[i]![1]) ** 2;
      }, 0);
    for (const key of ['a', 'b', 'tx', 'ty'] as const) {
      for (const step of [-1e-3, 1e-3])
        expect(error({ ...best, [key]: best[key] + step })).toBeGreaterThan(error(best));
    }
  });

  test('refuses points all in one place, and lists of unequal length', () => {
    const same: Point[] = [
      [1, 1],
      [1, 1],
    ];
    expect(() => similarityTransform(same, from.slice(0, 2))).toThrow(
      expect.objectContaining({ code: 'DATA_INVALID' }),
    );
    expect(() => similarityTransform(from, same)).toThrow(expect.objectContaining({ code: 'DATA_INVALID' }));
  });
});
