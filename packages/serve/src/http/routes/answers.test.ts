import { expect, test } from 'vitest';
import { biggest } from './answers.ts';

test('faces come the biggest first, whatever their scores, and a limit counts them so', () => {
  const face = (side: number, score: number) => ({
    box: [5, 5, 5 + side, 5 + 2 * side] as [number, number, number, number],
    score,
  });
  const [small, big, middle] = [face(10, 0.99), face(40, 0.6), face(20, 0.8)];
  const query = { face_plugins: '', status: false };
  const faces = [small!, middle!, big!];
  expect(biggest(faces, { ...query, limit: 1 })).toEqual([big]);
  expect(biggest(faces, { ...query, limit: 2 })).toEqual([big, middle]);
  expect(biggest(faces, { ...query, limit: 0 })).toEqual([big, middle, small]);
});
