import { describe, expect, test } from 'vitest';
import { buildAnchors } from '../../geometry/anchors.ts';
import type { DetectorConventions } from '../manifest.ts';
import type { Port } from '../network.ts';
import type { Candidates } from './candidates.ts';
import { detectorHeads } from './index.ts';

const conventions: DetectorConventions = {
  head: '',
  outputs: {},
  strides: [8, 16, 32],
  minSizes: [
    [16, 32],
    [64, 128],
    [256, 512],
  ],
  variances: [0.1, 0.2],
  anchorsPerCell: 2,
  scores: 'probabilities',
  landmarks: true,
};
const frame = { width: 96, height: 64, conventions, scoreThreshold: 0.5 };
const box = (found: Candidates, i: number) => [...found.boxes.subarray(4 * i, 4 * i + 4)];
const points = (found: Candidates, i: number) => [...found.landmarks.subarray(10 * i, 10 * i + 10)];
const close = (found: number[], expected: number[]) =>
  expected.forEach((value, i) => void expect(found[i]).toBeCloseTo(value, 3));
const ports = (...shapes: [string, (number | null)[]][]): Port[] =>
  shapes.map(([name, shape]) => ({ name, shape }));
const target = { box: [10, 12, 50, 60], points: [20, 25, 40, 26, 30, 35, 22, 50, 39, 49] };

describe('retinaface', () => {
  const head = detectorHeads.retinaface!;
  const anchors = buildAnchors({ width: 96, height: 64, ...conventions });
  const count = anchors.length / 4;

  test('decodes what anchors of the usual layout encode, at any of them', () => {
    for (const n of [0, 37, 191, 192, 200, count - 1]) {
      const boxes = new Float32Array(4 * count);
      const landmarks = new Float32Array(10 * count);
      const scores = new Float32Array(2 * count);
      const [cx, cy, w, h] = [
        anchors[4 * n]! * 96,
        anchors[4 * n + 1]! * 64,
        anchors[4 * n + 2]! * 96,
        anchors[4 * n + 3]! * 64,
      ];
      boxes.set(
        [(30 - cx) / (0.1 * w), (36 - cy) / (0.1 * h), Math.log(40 / w) / 0.2, Math.log(48 / h) / 0.2],
        4 * n,
      );
      target.points.forEach((value, k) => {
        landmarks[10 * n + k] = k % 2 ? (value - cy) / (0.1 * h) : (value - cx) / (0.1 * w);
      });
      scores[2 * n + 1] = 0.75;
      const found = head.decode({ boxes: [boxes], landmarks: [landmarks], scores: [scores] }, frame);
      expect(found.count).toBe(1);
      close(box(found, 0), target.box);
      close(points(found, 0), target.points);
      close([...found.cells.subarray(0, 2)], [cx, cy]);
    }
    expect(head.sizes(frame)).toEqual({ boxes: [4 * count], scores: [2 * count], landmarks: [10 * count] });
  });

  test('reads logits where the manifest says so', () => {
    const scores = new Float32Array(2 * count);
    scores.set([1, 3], 2 * 5);
    scores.set([3, 1], 2 * 9);
    const outputs = {
      boxes: [new Float32Array(4 * count)],
      landmarks: [new Float32Array(10 * count)],
      scores: [scores],
    };
    const found = head.decode(outputs, {
      ...frame,
      scoreThreshold: 0.6,
      conventions: { ...conventions, scores: 'logits' },
    });
    expect(found.count).toBe(1);
    expect(found.scores[0]).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
  });

  test('tells its outputs by their widths', () => {
    const outputs = ports(['output0', [1, 16800, 4]], ['572', [1, 16800, 2]], ['571', [1, 16800, 10]]);
    expect(head.assignOutputs(outputs)).toEqual({ boxes: ['output0'], scores: ['572'], landmarks: ['571'] });
    expect(head.assignOutputs(outputs.slice(0, 2))).toBeNull();
  });
});

describe('scrfd', () => {
  const head = detectorHeads.scrfd!;
  const empty = () => {
    const sizes = head.sizes(frame);
    return Object.fromEntries(
      Object.entries(sizes).map(([role, counts]) => [role, counts.map((n) => new Float32Array(n))]),
    );
  };

  test('distances from the corner of a cell, in strides', () => {
    const outputs = empty();
    // Level 1 (stride 16, 6 columns), row 2, column 1, second anchor: corner (16, 32).
    const n = (2 * 6 + 1) * 2 + 1;
    outputs.scores![1]![n] = 0.9;
    outputs.boxes![1]!.set(
      [16 - 10, 32 - 12, 50 - 16, 60 - 32].map((d) => d / 16),
      4 * n,
    );
    outputs.landmarks![1]!.set(
      target.points.map((value, k) => (value - (k % 2 ? 32 : 16)) / 16),
      10 * n,
    );
    const found = head.decode(outputs, frame);
    expect(found.count).toBe(1);
    close(box(found, 0), target.box);
    close(points(found, 0), target.points);
  });

  test('9 or 15 outputs have landmarks, 6 or 10 have none, in the order scores, boxes, landmarks', () => {
    const many = (levels: number, ...widths: number[]) =>
      ports(
        ...widths.flatMap((w, r) =>
          Array.from({ length: levels }, (_, l): [string, (number | null)[]] => [`${r}${l}`, [null, w]]),
        ),
      );
    expect(head.assignOutputs(many(3, 1, 4, 10))).toEqual({
      scores: ['00', '01', '02'],
      boxes: ['10', '11', '12'],
      landmarks: ['20', '21', '22'],
    });
    const five = head.assignOutputs(many(5, 1, 4, 10))!;
    expect(five.landmarks!.length).toBe(5);
    expect(head.geometry!(five)).toEqual({ strides: [8, 16, 32, 64, 128], anchorsPerCell: 1 });
    expect(head.geometry!(head.assignOutputs(many(3, 1, 4))!)).toEqual({});
    expect(head.assignOutputs(many(3, 1, 4))).not.toHaveProperty('landmarks');
    expect(head.assignOutputs(many(5, 1, 4))!.boxes).toEqual(['10', '11', '12', '13', '14']);
    expect(head.assignOutputs(many(3, 4, 1, 10))).toBeNull();
    expect(head.assignOutputs(many(4, 1, 4, 10))).toBeNull();
  });
});

describe('yunet', () => {
  const head = detectorHeads.yunet!;

  test('the score is the root of class times objectness; places are in cells', () => {
    const one = { ...frame, conventions: { ...conventions, anchorsPerCell: 1 } };
    const sizes = Object.entries(head.sizes(one));
    const outputs = Object.fromEntries(
      sizes.map(([role, counts]) => [role, counts.map((n) => new Float32Array(n))]),
    );
    // Level 2 (stride 32, 3 columns), row 1, column 2: corner (64, 32).
    const n = 3 + 2;
    outputs.classes![2]![n] = 0.9;
    outputs.objects![2]![n] = 0.4;
    outputs.boxes![2]!.set([(30 - 64) / 32, (36 - 32) / 32, Math.log(40 / 32), Math.log(48 / 32)], 4 * n);
    outputs.landmarks![2]!.set(
      target.points.map((value, k) => (value - (k % 2 ? 32 : 64)) / 32),
      10 * n,
    );
    outputs.classes![0]![3] = 0.9;
    outputs.objects![0]![3] = 0.2;
    const found = head.decode(outputs, one);
    expect(found.count).toBe(1);
    expect(found.scores[0]).toBeCloseTo(0.6, 6);
    close(box(found, 0), target.box);
    close(points(found, 0), target.points);
  });
});

describe('boxes only', () => {
  test('corners as fractions, and no landmarks', () => {
    const head = detectorHeads['boxes-only']!;
    expect(head.landmarks).toBe(false);
    const outputs = {
      boxes: [Float32Array.of(0.1, 0.2, 0.5, 0.75, 0, 0, 1, 1)],
      scores: [Float32Array.of(0.1, 0.9, 0.9, 0.1)],
    };
    const found = head.decode(outputs, frame);
    expect(found.count).toBe(1);
    close(box(found, 0), [9.6, 12.8, 48, 48]);
  });
});

test('more candidates than there was room for at first are all kept', () => {
  const head = detectorHeads['boxes-only']!;
  const boxes = Float32Array.from({ length: 4 * 500 }, (_, i) => i / 2000);
  const found = head.decode(
    { boxes: [boxes], scores: [new Float32Array(1000).fill(0.9)] },
    { ...frame, width: 1, height: 1 },
  );
  expect(found.count).toBe(500);
  expect([...found.trimmed().boxes]).toEqual([...boxes]);
});
