import { lcg32 } from '@semblance/core/random';
import { dot } from '@semblance/core/vector';
import { expect, test } from 'vitest';
import { createMemoryStore } from './drivers/memory.ts';
import { Gallery } from './gallery.ts';
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

const impostors = {
  fmr: [0.1, 0.01, 0.001],
  threshold: [0.1, 0.2, 0.3],
  ...{ pairs: 30_000, people: 246, data: 'a set' },
};

test('with a curve it follows from the size of the gallery, and its own people move it as they become many', () => {
  const of = (count: number) => estimateThreshold(people(count), { impostors });
  expect(of(1).threshold).toBeCloseTo(0.2, 3);
  expect(of(10).threshold).toBeCloseTo(0.3, 2);
  expect(of(10).basis).toBe(
    'for FPIR 0.01 among 10 faces, by how alike the recognizer finds strangers (a set)',
  );
  const [large, own] = [people(200), { impostors: null }];
  const { threshold, basis } = estimateThreshold(large, { impostors });
  const fromCurve = 0.3 + 0.1 * Math.log10(0.001 / -Math.expm1(Math.log(0.99) / 200));
  expect(threshold).toBeCloseTo((estimateThreshold(large, own).threshold + fromCurve) / 2, 3);
  expect(basis).toContain('extended beyond its 30,000 pairs); 50 % by its own 200 people');
  // two decades beyond the curve it says what it can support
  expect(estimateThreshold(people(10), { impostors, fpir: 1e-5 }).basis).toContain(
    'support FPIR 0.0001 at most',
  );
});

test('a gallery finds its threshold anew as it grows and shrinks, unless one was given', async () => {
  const options = { modelId: 'm', embeddingSize: 64, thresholdBy: { impostors } };
  await using gallery = await Gallery.inStore(createMemoryStore(), options);
  expect(gallery.threshold).toBeCloseTo(0.2, 3);
  const faces = people(30);
  await gallery.enrol(faces.slice(0, 10), 'm');
  expect(gallery.threshold).toBeCloseTo(0.3, 2);
  await gallery.enrol(faces.slice(10), 'm');
  expect(gallery.threshold).toBe(estimateThreshold(faces, { impostors }).threshold);
  for (const { subject } of faces.slice(1)) await gallery.remove(subject);
  expect(gallery.threshold).toBeCloseTo(0.2, 3);
  await gallery.setThreshold(0.4);
  await gallery.enrol(faces.slice(1), 'm');
  expect(gallery.meta).toMatchObject({ threshold: 0.4, thresholdBasis: 'given' });
  expect(gallery.meta.thresholdRule).toBeUndefined();
});
