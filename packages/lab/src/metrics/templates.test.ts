import { expect, test } from 'vitest';
import { templateEmbedding } from './templates.ts';

const face = (medium: string, weight: number, ...embedding: number[]) => ({
  medium,
  weight,
  embedding: Float32Array.from(embedding),
});

test('weighted faces, averaged within a medium, added up over media, of length one', () => {
  // video v: mean of 0.5·(2, 0) and 1·(1, 2) = (1, 1); photo p: 2·(1, 0.5) = (2, 1); together (3, 2)
  const template = templateEmbedding([face('v', 0.5, 2, 0), face('p', 2, 1, 0.5), face('v', 1, 1, 2)]);
  expect(template[0]).toBeCloseTo(3 / Math.sqrt(13), 6);
  expect(template[1]).toBeCloseTo(2 / Math.sqrt(13), 6);
});

test('a hundred frames of one video count as much as one photo', () => {
  const frames = Array.from({ length: 100 }, () => face('video', 1, 1, 0));
  const template = templateEmbedding([...frames, face('photo', 1, 0, 1)]);
  expect(template[0]).toBeCloseTo(template[1]!, 6);
});

test('faces that cancel out leave zeros, and so do no faces', () => {
  expect([...templateEmbedding([face('a', 1, 1, 0), face('b', 1, -1, 0)])]).toEqual([0, 0]);
  expect([...templateEmbedding([])]).toEqual([]);
});
