import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '@semblance/core/statistics';
import { dot } from '@semblance/core/vector';
import { iou } from '@semblance/face/geometry';
import { type Detector, loadDetector, loadRecognizer, type Recognizer } from '@semblance/face/models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentity, createPerson, renderAlignedCrop, renderPortrait, renderScene } from './index.ts';

const DATA = process.env.SEMBLANCE_DATA ?? join(import.meta.dirname, '../../../../../shared/data');
const DETECTOR = join(DATA, 'weights/retinaface-mnet025.onnx');
const RECOGNIZER = join(DATA, 'weights/MobileFaceNet.onnx');
const missing = [DETECTOR, RECOGNIZER].filter((file) => !existsSync(file));
const suite =
  missing.length === 0 ? 'published models' : `published models (skipped: no ${missing.join(', ')})`;

// Networks trained on real photographs must take these pictures for faces, where we say they are.
describe.skipIf(missing.length > 0)(suite, () => {
  let detector: Detector;
  let recognizer: Recognizer;
  beforeAll(async () => {
    detector = await loadDetector(DETECTOR);
    recognizer = await loadRecognizer(RECOGNIZER);
  });
  afterAll(async () => {
    await detector?.close();
    await recognizer?.close();
  });

  it('find at least 9 of 10 portraits, with our boxes and landmarks', { timeout: 240_000 }, async () => {
    const overlaps: number[] = [];
    const errors: number[] = [];
    const count = 30;
    for (let i = 0; i < count; i++) {
      const { image, faces } = renderPortrait(createIdentity(i), { seed: i, size: 250 });
      const [truth] = faces as [(typeof faces)[0]];
      const found = (await detector.detect(image)).filter((face) => face.score > 0.5);
      const best = found.toSorted((a, b) => iou(b.box, truth.box) - iou(a.box, truth.box))[0];
      if (!best || iou(best.box, truth.box) < 0.4) continue;
      overlaps.push(iou(best.box, truth.box));
      const size = Math.sqrt((truth.box[2] - truth.box[0]) * (truth.box[3] - truth.box[1]));
      const distances = best.landmarks!.map(([x, y], k) =>
        Math.hypot(x - truth.landmarks[k]![0], y - truth.landmarks[k]![1]),
      );
      errors.push(distances.reduce((a, b) => a + b) / 5 / size);
    }
    expect(overlaps.length / count).toBeGreaterThanOrEqual(0.9);
    expect(median(overlaps)).toBeGreaterThan(0.75);
    expect(median(errors)).toBeLessThan(0.05);
  });

  it('take no clutter for faces', { timeout: 240_000 }, async () => {
    let wrong = 0;
    for (let i = 0; i < 12; i++) {
      const { image } = renderScene({ seed: 100 + i, numFaces: 0, width: 320, height: 240 });
      wrong += (await detector.detect(image)).filter((face) => face.score > 0.5).length;
    }
    expect(wrong).toBeLessThanOrEqual(1);
  });

  const renderPlain = (person: number, seed: number) => renderAlignedCrop(createIdentity(person), { seed });
  const renderVaried = (person: number, seed: number) =>
    renderAlignedCrop(createPerson(person).lookOf(seed), { seed, capture: 'varied' });
  it.each([
    ['of the first kind', renderPlain, 0.5],
    ['of the varied kind, strangers less alike', renderVaried, 0.35],
  ])('tell our people apart: %s', { timeout: 240_000 }, async (_, render, mostAlike) => {
    const people = 10;
    const perPerson = 3;
    const embeddings: Float32Array[][] = [];
    for (let i = 0; i < people; i++) {
      const crops = Array.from({ length: perPerson }, (_, k) => render(300 + i, 10 * i + k).image);
      embeddings.push(await recognizer.embed(crops));
    }
    const same: number[] = [];
    const other: number[] = [];
    embeddings.forEach((mine, i) => {
      for (const [k, a] of mine.entries()) {
        for (const b of mine.slice(k + 1)) same.push(dot(a, b));
        for (const theirs of embeddings.slice(i + 1)) for (const b of theirs) other.push(dot(a, b));
      }
    });
    expect(median(other)).toBeLessThan(mostAlike);
    expect(median(same) - median(other)).toBeGreaterThan(0.15);
    // Area under the ROC curve.
    const wins = same.reduce((sum, s) => sum + other.filter((o) => o < s).length, 0);
    expect(wins / (same.length * other.length)).toBeGreaterThan(0.85);
  });
});
