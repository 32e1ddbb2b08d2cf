import { Random } from '@semblance/core/random';
import { buildAnchors, countAnchors } from '@semblance/face/geometry';
import { expect, test } from 'vitest';
import type { FaceTargets } from './face-targets.ts';
import { anchorAt, matchAnchors, retinafaceMatching } from './matching.ts';

const layout = {
  width: 160,
  height: 128,
  minSizes: [
    [16, 32],
    [64, 128],
    [256, 512],
  ],
  strides: [8, 16, 32],
};

const targetsOf = (boxes: number[][], hasLandmarks = boxes.map(() => 1)): FaceTargets => ({
  boxes: Float32Array.from(boxes.flat()),
  landmarks: Float32Array.from(
    boxes.flatMap(([x1, y1]) => Array.from({ length: 10 }, (_, k) => (k % 2 ? y1! : x1!))),
  ),
  hasLandmarks: Uint8Array.from(hasLandmarks),
});

/** The published rule with both traps mended, written out over all pairs. */
function matchAllPairs(boxes: number[][]): Map<number, number> {
  const anchors = buildAnchors(layout);
  const numAnchors = anchors.length / 4;
  const iou = (face: number[], a: number) => {
    const [cx, cy] = [anchors[4 * a]! * layout.width, anchors[4 * a + 1]! * layout.height];
    const half = (anchors[4 * a + 2]! * layout.width) / 2;
    const w = Math.max(0, Math.min(face[2]!, cx + half) - Math.max(face[0]!, cx - half));
    const h = Math.max(0, Math.min(face[3]!, cy + half) - Math.max(face[1]!, cy - half));
    const area = (face[2]! - face[0]!) * (face[3]! - face[1]!);
    return (w * h) / (area + 4 * half * half - w * h);
  };
  const positives = new Map<number, number>();
  for (let a = 0; a < numAnchors; a++) {
    const overlaps = boxes.map((face) => iou(face, a));
    const best = overlaps.indexOf(Math.max(...overlaps));
    if (overlaps[best]! >= 0.35) positives.set(a, best);
  }
  const claims = boxes.map((face, f) => {
    const overlaps = Array.from({ length: numAnchors }, (_, a) => iou(face, a));
    const anchor = overlaps.indexOf(Math.max(...overlaps));
    return { f, anchor, iou: overlaps[anchor]! };
  });
  for (const claim of claims.filter((c) => c.iou >= 0.2).sort((a, b) => a.iou - b.iou)) {
    positives.set(claim.anchor, claim.f);
  }
  return positives;
}

test('agrees with the rule written out over all pairs', () => {
  const rng = Random.of(11);
  for (let trial = 0; trial < 20; trial++) {
    const boxes = Array.from({ length: 1 + rng.below(6) }, () => {
      const [x, y, w, h] = [rng.range(0, 120), rng.range(0, 100), rng.range(6, 90), rng.range(6, 90)];
      return [Math.fround(x), Math.fround(y), Math.fround(x + w), Math.fround(y + h)];
    });
    const expected = matchAllPairs(boxes);
    const matched = matchAnchors(layout, targetsOf(boxes));
    expect([...matched.positives]).toEqual([...expected.keys()].sort((a, b) => a - b));
    for (const [p, anchor] of matched.positives.entries()) {
      const [x1, , x2] = boxes[expected.get(anchor)!]!;
      const { cx, size } = anchorAt(layout, anchor);
      expect(cx + matched.boxes[4 * p]! * 0.1 * size).toBeCloseTo((x1! + x2!) / 2, 2);
      expect(size * Math.exp(0.2 * matched.boxes[4 * p + 2]!)).toBeCloseTo(x2! - x1!, 2);
    }
  }
});

test('anchors are where the detector will decode them', () => {
  const anchors = buildAnchors(layout);
  for (const a of [0, 1, 41, 639, 640, 700, 799, 800, anchors.length / 4 - 1]) {
    const { cx, cy, size } = anchorAt(layout, a);
    expect(cx).toBeCloseTo(anchors[4 * a]! * 160, 3);
    expect(cy).toBeCloseTo(anchors[4 * a + 1]! * 128, 3);
    expect(size).toBeCloseTo(anchors[4 * a + 2]! * 160, 3);
  }
  expect(() => anchorAt(layout, anchors.length / 4)).toThrow(RangeError);
});

test('a face too small to be seen takes no anchor from another', () => {
  const large = [20, 20, 36, 36];
  const alone = matchAnchors(layout, targetsOf([large]));
  const crowded = matchAnchors(layout, targetsOf([large, [27, 27, 29, 29]]));
  expect(crowded).toEqual(alone);
  expect(alone.positives.length).toBeGreaterThan(0);
});

test('a face without an area gives no infinite target', () => {
  const matched = matchAnchors(
    layout,
    targetsOf([
      [50, 50, 50, 60],
      [10, 10, 44, 40],
    ]),
  );
  expect(matched.boxes.every(Number.isFinite)).toBe(true);
  expect(matched.positives.length).toBeGreaterThan(0);
});

test('faces without landmarks teach box and class only; no face, no positives', () => {
  const matched = matchAnchors(layout, targetsOf([[10, 10, 40, 44]], [0]));
  expect(matched.positives.length).toBeGreaterThan(0);
  expect(matched.withLandmarks.length).toBe(0);
  expect(matchAnchors(layout, targetsOf([])).positives.length).toBe(0);
});

test('the forced anchor is taken below the usual threshold', () => {
  const strict = { ...retinafaceMatching, positiveIou: 0.99 };
  expect(matchAnchors(layout, targetsOf([[13, 13, 40, 40]]), strict).positives.length).toBe(1);
});

test('anchors between the two overlaps are named as such, but those a face claims are its own', () => {
  const paper = { ...retinafaceMatching, positiveIou: 0.5, negativeIou: 0.3, forcedIou: 0.3 };
  const box = [13, 13, 40, 40];
  const iouOf = (anchor: number) => {
    const { cx, cy, size } = anchorAt(layout, anchor);
    const along = (c: number, low: number, high: number) =>
      Math.max(0, Math.min(high, c + size / 2) - Math.max(low, c - size / 2));
    const shared = along(cx, box[0]!, box[2]!) * along(cy, box[1]!, box[3]!);
    return shared / (27 * 27 + size * size - shared);
  };
  const { positives, ignored } = matchAnchors(layout, targetsOf([box]), paper);
  const all = Array.from({ length: countAnchors(layout) }, (_, anchor) => anchor);
  const best = all.reduce((a, b) => (iouOf(b) > iouOf(a) ? b : a));
  expect([...positives]).toEqual(all.filter((anchor) => iouOf(anchor) >= 0.5 || anchor === best));
  expect([...ignored]).toEqual(
    all.filter((anchor) => iouOf(anchor) >= 0.3 && iouOf(anchor) < 0.5 && anchor !== best),
  );
  expect(ignored.length).toBeGreaterThan(0);
  expect(matchAnchors(layout, targetsOf([box])).ignored.length).toBe(0);
});
