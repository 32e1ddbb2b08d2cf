import { lcg32 } from '@semblance/core/random';
import type { Box } from '@semblance/face/geometry';
import { expect, test, vi } from 'vitest';
import { describeRealData, realData } from '../../../../test/support/real-data.ts';
import { readWiderGroundTruth, type WiderSubset } from '../datasets/wider-ground-truth.ts';
import { widerAveragePrecision } from './wider.ts';

// thousands of photos are judged: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

describeRealData('the rule of WIDER FACE on its own ground truth', () => {
  test('agrees with the published evaluation, run in NumPy and SciPy on the same made-up detections', async () => {
    const random = lcg32(2026);
    const photos = await readWiderGroundTruth(realData('wider200'));
    const found = photos.map(({ faces }) => {
      const boxes: { box: Box; score: number }[] = [];
      for (const { box } of faces) {
        const [x, y] = box;
        const [w, h] = [box[2] - x, box[3] - y];
        if (w <= 0 || h <= 0) continue;
        const [chance, dx, dy, score] = [random(), random(), random(), random()];
        const [left, top] = [x + (dx - 0.5) * 0.5 * w, y + (dy - 0.5) * 0.5 * h];
        if (chance < 0.8) boxes.push({ box: [left, top, left + w, top + h], score });
      }
      const [x, y, score] = [random() * 900, random() * 900, random()];
      return [...boxes, { box: [x, y, x + 50, y + 50] as Box, score }];
    });
    const ap = (subset: WiderSubset): number =>
      widerAveragePrecision(
        photos.map(({ faces }, i) => ({
          found: found[i]!,
          truth: faces.map(({ box, subsets }) => ({ box, ignore: !subsets.includes(subset) })),
        })),
      );
    expect(ap('easy')).toBeCloseTo(0.3124632085868006, 9);
    expect(ap('medium')).toBeCloseTo(0.4201637590743169, 9);
    expect(ap('hard')).toBeCloseTo(0.5616171375213324, 9);
  });
});
