import { lcg32 } from '@semblance/core/random';
import { dot, normalize } from '@semblance/core/vector';
import { describe, expect, test } from 'vitest';
import { type ImpostorCurve, measureImpostors, rateAt, similarityAt } from './impostors.ts';

const random = lcg32(3);
const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const people = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    subject: `s${i}`,
    embedding: normalize(Float32Array.from({ length: 64 }, gaussian)),
  }));

describe('the curve', () => {
  const faces = people(400);
  const curve = measureImpostors(faces, 'random directions');

  test('is the similarity that each share of the pairs reaches', () => {
    const similarities = faces.flatMap((a, i) => faces.slice(0, i).map((b) => dot(a.embedding, b.embedding)));
    expect(curve).toMatchObject({ pairs: 79_800, people: 400, data: 'random directions' });
    // 30 pairs and more above each threshold
    expect(curve.fmr.at(-1)).toBe(5e-4);
    for (const [i, fmr] of curve.fmr.entries()) {
      const above = similarities.filter((s) => s >= curve.threshold[i]! - 5e-5).length;
      expect(Math.abs(above - fmr * curve.pairs)).toBeLessThan(0.02 * fmr * curve.pairs + 2);
    }
  });

  test('faces of one person are no pair, and a few people are too few', () => {
    const twice = faces.flatMap((face) => [face, face]);
    expect(measureImpostors(twice, '').pairs).toBe(4 * 79_800);
    expect(measureImpostors(twice, '').threshold[0]).toBeCloseTo(curve.threshold[0]!, 3);
    expect(() => measureImpostors(people(19), '')).toThrow('19 people with a face are too few');
  });
});

describe('between and beyond its points', () => {
  const curve: ImpostorCurve = {
    fmr: [0.1, 0.01, 0.001],
    threshold: [0.1, 0.2, 0.28],
    ...{ pairs: 30_000, people: 246, data: 'x' },
  };

  test('linear in the logarithm of the rate', () => {
    expect(similarityAt(curve, 0.01)).toEqual({ similarity: 0.2, supported: 0.01, isExtended: false });
    expect(similarityAt(curve, 10 ** -1.5).similarity).toBeCloseTo(0.15);
    expect(rateAt(curve, 0.24)).toEqual({ fmr: expect.closeTo(10 ** -2.5), isBound: false });
  });

  test('two decades further along the last one, then no more', () => {
    expect(similarityAt(curve, 1e-4)).toMatchObject({ similarity: expect.closeTo(0.36), isExtended: true });
    expect(similarityAt(curve, 1e-9)).toMatchObject({ similarity: expect.closeTo(0.44), supported: 1e-5 });
    expect(rateAt(curve, 0.36).fmr).toBeCloseTo(1e-4, 8);
    expect(rateAt(curve, 0.9)).toEqual({ fmr: 1e-5, isBound: true });
    // more frequent than its first point: that point
    expect(similarityAt(curve, 0.5).similarity).toBeCloseTo(0.1);
    expect(rateAt(curve, -1)).toEqual({ fmr: 0.1, isBound: false });
  });
});
