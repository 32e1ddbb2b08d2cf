import { lcg32 } from '@semblance/core/random';
import { dot } from '@semblance/core/vector';
import { expect, test } from 'vitest';
import { estimateThreshold } from './threshold.ts';

const random = lcg32(5);
const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function randomUnit(dimensions: number): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, gaussian);
  const norm = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / norm);
}

const people = (count: number, dimensions = 64) =>
  Array.from({ length: count }, (_, i) => ({ subject: `s${i}`, embedding: randomUnit(dimensions) }));

test('strangers pass at about the rate that was asked for', () => {
  const gallery = people(200);
  for (const fpir of [0.01, 0.05, 0.2]) {
    const { threshold } = estimateThreshold(gallery, { fpir });
    let passed = 0;
    const numStrangers = 4000;
    for (let i = 0; i < numStrangers; i++) {
      const probe = randomUnit(64);
      if (gallery.some(({ embedding }) => dot(embedding, probe) >= threshold)) passed++;
    }
    expect(passed / numStrangers).toBeGreaterThan(fpir * 0.2);
    expect(passed / numStrangers).toBeLessThan(fpir * 1.5);
  }
});

test('a person enrolled twice under two names does not raise it much', () => {
  const gallery = people(100);
  const { threshold } = estimateThreshold(gallery);
  const twice = [...gallery, { subject: 'alias', embedding: gallery[0]!.embedding }];
  expect(Math.abs(estimateThreshold(twice).threshold - threshold)).toBeLessThan(0.02);
});

test('several photos of one person are no impostors of each other', () => {
  const gallery = people(50);
  const doubled = gallery.flatMap((face) => [face, { ...face }]);
  expect(estimateThreshold(doubled).threshold).toBeCloseTo(estimateThreshold(gallery).threshold, 1);
});

test('small galleries use what is known of the recognizer', () => {
  const small = people(5);
  expect(estimateThreshold(small, { fallback: { value: 0.3, basis: 'LFW' } })).toEqual({
    threshold: 0.3,
    basis: 'LFW; 5 people are too few to estimate one',
  });
  expect(estimateThreshold([])).toEqual({
    threshold: 0.45,
    basis: 'a default; 0 people are too few to estimate one',
  });
});
