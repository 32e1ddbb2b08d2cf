import { expect, test } from 'vitest';
import { annotate } from './annotate.ts';
import { createImage } from './image.ts';
import { CAPITAL_HEIGHT, hasStrokes, strokePath } from './stroke-font.ts';

const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

test('every printable ASCII letter has strokes, no two the same', () => {
  for (const letter of printable) expect(hasStrokes(letter)).toBe(true);
  expect(new Set(printable.map((letter) => strokePath(letter).path)).size).toBe(95);
  expect(hasStrokes('Zoë')).toBe(false);
  expect(hasStrokes('王')).toBe(false);
});

test('letters follow each other within the width that is told', () => {
  const { path, width } = strokePath('Ada 0.97');
  const numbers = [...path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(
    ([, x, y]) => [Number(x), Number(y)] as const,
  );
  expect(Math.min(...numbers.map(([x]) => x))).toBe(0);
  expect(Math.max(...numbers.map(([x]) => x))).toBeCloseTo(width, 9);
  expect(Math.max(...numbers.map(([, y]) => y))).toBe(CAPITAL_HEIGHT);
  expect(strokePath('').width).toBe(0);
  expect(strokePath('ii').width).toBeLessThan(strokePath('mm').width);
});

test('a label in strokes is white ink on the dark ground of its own', async () => {
  const drawn = await annotate(createImage(300, 100, [255, 0, 0]), [
    { box: [10, 50, 60, 90], label: 'George 0.93' },
  ]);
  let [ink, ground] = [0, 0];
  for (let i = 0; i < 300 * 50; i++) {
    const [red, green, blue] = drawn.data.subarray(3 * i, 3 * i + 3);
    if (red! > 200 && green! > 200 && blue! > 200) ink++;
    if (red! < 80 && green! < 20 && blue! < 20) ground++;
  }
  expect(ink).toBeGreaterThan(40);
  expect(ground).toBeGreaterThan(300);
});
