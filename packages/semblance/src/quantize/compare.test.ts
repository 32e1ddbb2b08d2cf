import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Box, Face, Landmarks } from '@semblance/face/geometry';
import { createImage, encodePng } from '@semblance/face/image';
import { expect, test } from 'vitest';
import { compareDetectors } from './compare.ts';

/** A face of 40 pixels at x, its eyes 20 apart, its landmarks moved by `shift` pixels. */
function face(x: number, score: number, shift = 0): Face {
  const box: Box = [x, 10, x + 40, 50];
  const points = [
    [10, 15],
    [30, 15],
    [20, 25],
    [12, 32],
    [28, 32],
  ];
  const landmarks = points.map(([u, v]) => [x + u! + shift, 10 + v!]) as Landmarks;
  return { box, score, landmarks };
}

test('counts faces found again and added, landmarks moved, and average precision before and after', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'compare-'));
  // Photos are told apart by their width.
  for (const width of [200, 300]) {
    await writeFile(join(dir, `${width}.png`), await encodePng(createImage(width, 60)));
  }
  await writeFile(join(dir, 'broken.png'), 'no picture');
  const finding = (byWidth: Record<number, Face[]>) => ({
    detect: async ({ width }: { width: number }) => byWidth[width]!,
  });
  const before = finding({ 200: [face(0, 0.9), face(100, 0.8)], 300: [face(0, 0.7), face(200, 0.1)] });
  const after = finding({ 200: [face(0, 0.9, 2), face(100, 0.3)], 300: [face(4, 0.8, 1), face(150, 0.6)] });
  const images = ['200', 'broken', '300'].map((name) => ({
    name,
    path: join(dir, `${name}.png`),
    faces: [
      { box: face(0, 1).box, landmarks: null, invalid: false },
      { box: face(100, 1).box, landmarks: null, invalid: name === '300' },
    ],
  })) as Parameters<typeof compareDetectors>[2];

  const loss = await compareDetectors(before, after, images, true);
  // 0.3 is no longer sure; x = 150 is new. Shifts: 2 px and (4 + 1) px of 20.
  expect(loss).toMatchObject({ photos: 2, faces: 3, foundAgain: 2, added: 1, landmarkShift: 0.25 });
  // Before: three of three, the miss at 0.1 last. After: 0.9 and 0.8 right, 0.6 wrong, 0.3 right.
  expect(loss.ap!.before).toBeCloseTo(1, 12);
  expect(loss.ap!.after).toBeCloseTo(2 / 3 + (1 / 3) * (3 / 4), 12);
  expect((await compareDetectors(before, before, images, false)).ap).toBeNull();
  await rm(dir, { recursive: true });
});
