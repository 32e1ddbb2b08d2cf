import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Face } from '@semblance/face/geometry';
import { encodePng } from '@semblance/face/image';
import type { Detector } from '@semblance/face/models';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspect } from '../curate/inspect.ts';
import { readDetectionLabels } from '../datasets/detection-labels.ts';
import { detectPhotos } from './detect-photos.ts';
import { measureDetection, sizeSubset } from './detection.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'detect-photos-'));
  const photo = await encodePng({ data: new Uint8Array(100 * 80 * 3), width: 100, height: 80 });
  await writeFile(join(folder, 'a.png'), photo);
});
afterAll(() => rm(folder, { recursive: true }));

/** Sees the one face in the middle and the one that the photo's edge cuts. */
const sees = [
  [20, 20, 50, 60],
  [80, 30, 100, 70],
].map((box) => ({ box, score: 0.9, landmarks: null }) as unknown as Face);
const detector = { detect: async () => sees } as unknown as Detector;
const silent = { update() {}, say() {}, end() {} };

const labels = ['20 20 30 40', '80 30 40 40', '-50 -50 30 30', '500 10 30 30', '10 90 30 30', '30 30 0 5'];

test('boxes are those that the photo shows: clipped to it, and left out where nothing of them is in it', async () => {
  await writeFile(join(folder, 'label.txt'), ['# a.png', ...labels].join('\n'));
  const labelled = await readDetectionLabels(folder);
  const { photos, boxes } = await detectPhotos(labelled, detector, {}, silent);
  expect(boxes).toEqual({ clipped: 1, outside: 3, empty: 1 });
  expect(photos[0]!.labelled.map(({ box }) => box)).toEqual([
    [20, 20, 50, 60],
    [80, 30, 100, 70],
  ]);
  const { metrics } = measureDetection(photos, [sizeSubset(0)], { rule: 'voc', score: 0.5 });
  expect(metrics.ap.all).toBe(1);
  expect(metrics.recall).toBe(1);

  // whoever looks at the set is told before
  expect((await inspect('detection', folder, 9, silent)).notes).toEqual([
    '1 boxes have no area and are left out',
    '3 boxes lie outside their photo and are left out',
    '1 boxes reach out of their photo and are clipped to it',
  ]);

  // official boxes are what they are
  const official = await detectPhotos(labelled, detector, {}, silent, { asLabelled: true });
  expect(official.photos[0]!.labelled).toHaveLength(5);
});
