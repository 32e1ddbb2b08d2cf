import { describe, expect, test } from 'vitest';
import { alignFace } from '../align/align.ts';
import { TEMPLATE_112 } from '../align/template.ts';
import type { Face, Landmarks } from '../geometry/types.ts';
import { createImage, type Image } from '../image/image.ts';
import { cosine } from './cosine.ts';
import { decide } from './decide.ts';
import type { SearchHit } from './gallery-search.ts';
import { faceQuality } from './quality.ts';
import { chooseThreshold } from './threshold.ts';

describe('decision', () => {
  const hits: SearchHit[] = [
    { subject: 'Ada', similarity: 0.62 },
    { subject: 'Bob', similarity: 0.55 },
  ];

  test('the best subject from the threshold on, with the threshold beside it', () => {
    expect(decide(hits, 1, { gallery: 0.5 })).toEqual({ match: hits[0], reason: null, threshold: 0.5 });
    expect(decide(hits, 1, { gallery: 0.62 })).toMatchObject({ match: hits[0] });
    expect(decide(hits, 1, { gallery: 0.63 })).toEqual({
      match: null,
      reason: 'below_threshold',
      threshold: 0.63,
    });
    expect(decide(hits, 1, { gallery: 0.5 }, { threshold: 0.7 })).toEqual({
      match: null,
      reason: 'below_threshold',
      threshold: 0.7,
    });
    expect(decide(hits, 1, {})).toEqual({ match: hits[0], reason: null, threshold: 0.45 });
  });

  test('only with a lead over the next one, and from a face that is good enough', () => {
    expect(decide(hits, 1, { gallery: 0.5 }, { margin: 0.1 })).toMatchObject({
      match: null,
      reason: 'ambiguous',
    });
    expect(decide(hits, 1, { gallery: 0.5 }, { margin: 0.05 })).toMatchObject({ match: hits[0] });
    expect(decide(hits.slice(0, 1), 1, { gallery: 0.5 }, { margin: 0.5 })).toMatchObject({ match: hits[0] });
    expect(decide(hits, 0.2, { gallery: 0.5 }, { minQuality: 0.3 })).toMatchObject({
      match: null,
      reason: 'low_quality',
    });
  });

  test('no gallery and an empty one are told apart', () => {
    expect(decide(null, 1, {})).toEqual({ match: null, reason: 'no_gallery', threshold: null });
    expect(decide([], 1, { gallery: 0.5 })).toEqual({ match: null, reason: 'empty_gallery', threshold: 0.5 });
  });
});

test('the threshold: what is given, then the gallery’s, then the recognizer’s, then one default', () => {
  const recognizer = { value: 0.3, basis: 'LFW' };
  expect(chooseThreshold({ given: 0, gallery: 0.5, recognizer })).toEqual({ value: 0, basis: 'given' });
  expect(chooseThreshold({ gallery: 0.5, recognizer }).value).toBe(0.5);
  expect(chooseThreshold({ gallery: null, recognizer })).toEqual(recognizer);
  expect(chooseThreshold({})).toEqual({ value: 0.45, basis: 'a default' });
  const impostors = { fmr: [0.1, 0.001], threshold: [0.1, 0.3], pairs: 30_000, people: 246, data: 'x' };
  expect(chooseThreshold({ impostors })).toEqual({
    value: 0.3,
    basis: 'about 1 in 1,000 strangers reach it: x',
  });
  expect(chooseThreshold({ impostors, recognizer })).toEqual(recognizer);
});

test('the cosine of two embeddings does not depend on their lengths', () => {
  expect(cosine(Float32Array.of(3, 4), Float32Array.of(8, 6))).toBeCloseTo(0.96, 12);
  expect(cosine(Float32Array.of(1, 0), Float32Array.of(-2, 0))).toBe(-1);
});

describe('quality', () => {
  /** Stripes of this width over a soft shade, as a face of this scale. */
  function face(
    scale: number,
    move: (landmarks: Landmarks) => Landmarks = (l) => l,
    score = 1,
  ): { face: Face; image: Image } {
    const image = createImage(400, 400);
    for (let y = 0; y < 400; y++) {
      for (let x = 0; x < 400; x++) {
        const value = 128 + 60 * Math.sin(x / (2 * scale)) + 40 * Math.sin(y / (3 * scale));
        image.data.fill(value, 3 * (y * 400 + x), 3 * (y * 400 + x) + 3);
      }
    }
    const landmarks = move(TEMPLATE_112.map(([x, y]) => [x * scale + 20, y * scale + 20]));
    return { face: { box: [20, 20, 20 + 112 * scale, 20 + 112 * scale], score, landmarks }, image };
  }
  const quality = ({ face, image }: { face: Face; image: Image }) =>
    faceQuality(face, alignFace(image, face.landmarks!));

  test('a large sharp face from the front is near 1, and everything is from 0 to 1', () => {
    const good = quality(face(2));
    expect(good.quality).toBeGreaterThan(0.8);
    for (const value of Object.values(good)) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });

  test('falls with size, with a turned or tilted head, with blur, with the score', () => {
    const good = quality(face(1.2));
    expect(quality(face(0.3)).size).toBeLessThan(good.size);
    const moveNose = (dx: number, dy: number) => (landmarks: Landmarks) =>
      landmarks.map(([x, y], i): [number, number] => (i === 2 ? [x + dx, y + dy] : [x, y]));
    const turns = [0, 4, 8, 12, 16].map((dx) => quality(face(1.2, moveNose(dx, 0))).pose);
    expect([...turns].sort((a, b) => b - a)).toEqual(turns);
    expect(turns[4]).toBeLessThan(0.6);
    expect(quality(face(1.2, moveNose(0, 14))).pose).toBeLessThan(0.8);
    expect(quality(face(1.2, undefined, 0.6)).quality).toBeCloseTo(0.6 * good.quality, 6);
    const flat = face(1.2);
    const blurred = createImage(400, 400, [90, 90, 90]);
    for (let i = 0; i < 400 * 400; i++) blurred.data.fill((i % 400) / 2, 3 * i, 3 * i + 3);
    expect(quality({ ...flat, image: blurred }).sharpness).toBeLessThan(0.3);
    expect(quality({ ...flat, image: createImage(400, 400, [90, 90, 90]) }).sharpness).toBe(0);
  });

  test('does not change when the head is rolled in the plane', () => {
    const roll = (angle: number) => (landmarks: Landmarks) =>
      landmarks.map(([x, y]): [number, number] => [
        200 + Math.cos(angle) * (x - 100) - Math.sin(angle) * (y - 100),
        200 + Math.sin(angle) * (x - 100) + Math.cos(angle) * (y - 100),
      ]);
    const upright = quality(face(1.2, roll(0)));
    for (const angle of [0.5, -1.2, 3]) {
      const rolled = quality(face(1.2, roll(angle)));
      expect(rolled.pose).toBeCloseTo(upright.pose, 9);
      expect(rolled.size).toBeCloseTo(upright.size, 9);
    }
  });
});
