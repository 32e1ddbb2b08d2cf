import { expect, test } from 'vitest';
import { chooseSubject } from './choose-subject.ts';

test('chooseSubject weighs size against the distance from the middle', () => {
  const face = (x1: number, side: number) => ({
    box: [x1, 0, x1 + side, side] as [number, number, number, number],
    score: 1,
    landmarks: null,
  });
  const central = face(40, 20);
  const large = face(30, 40);
  const edge = face(0, 22);
  expect(chooseSubject([edge, central], 100, 20)).toBe(central);
  expect(chooseSubject([central, large], 100, 20)).toBe(large);
  expect(chooseSubject([], 100, 20)).toBeNull();
});
