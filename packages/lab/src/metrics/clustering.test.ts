import { expect, test } from 'vitest';
import { clusteringMetrics } from './clustering.ts';

test('counts pairs and faces as their definitions do', () => {
  const people = ['a', 'a', 'a', 'b', 'b', 'c'];
  const groups = [[0, 1, 3], [2], [4, 5]];
  const { pairwise, bcubed, ...counts } = clusteringMetrics(groups, people);
  expect(counts).toEqual({ groups: 3, people: 3, faces: 6 });
  // together: 3 + 1 pairs, one of them right; of one person: 3 + 1
  expect(pairwise).toEqual({ precision: 1 / 4, recall: 1 / 4, f: 1 / 4 });
  // each face: 2/3 2/3 1 1/3 1/2 1/2, and 2/3 2/3 1/3 1/2 1/2 1
  expect(bcubed.precision).toBeCloseTo(22 / 36, 12);
  expect(bcubed.recall).toBeCloseTo(22 / 36, 12);
});

test('is whole where every group is a person, and defined where there is nothing', () => {
  const { pairwise, bcubed } = clusteringMetrics([[1, 2], [0]], ['a', 'b', 'b']);
  expect([pairwise.f, bcubed.f]).toEqual([1, 1]);
  expect(clusteringMetrics([], []).pairwise.f).toBe(0);
  expect(clusteringMetrics([[0], [1]], ['a', 'b']).bcubed.f).toBe(1);
});
