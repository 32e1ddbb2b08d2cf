import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { decodeImage } from '../image/decode.ts';
import { imageOfSize, mutate, oddSize, soundImages, tryPicture } from '../testing/fuzz-images.ts';
import { tinyDetector } from '../testing/tiny-models.ts';
import type { Detector } from './detector.ts';
import { loadDetector } from './load.ts';

// hundreds of pictures: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

/** A part of what `bench/fuzz.ts` does. */
describe('damaged and odd pictures', () => {
  let dir = '';
  let detector: Detector;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fuzz-'));
    await writeFile(join(dir, 'tiny.onnx'), tinyDetector());
    detector = await loadDetector(join(dir, 'tiny.onnx'), {
      dialect: 'scrfd',
      conventions: { anchorsPerCell: 1 },
    });
  });
  afterAll(async () => {
    await detector.close();
    await rm(dir, { recursive: true });
  });

  test('every kind is sound before it is damaged', async () => {
    for (const bytes of await soundImages()) {
      const { width, height } = await decodeImage(bytes);
      const [longer, shorter] = [Math.max(width, height), Math.min(width, height)];
      expect([
        [56, 40],
        [3200, 40],
        // grey and 16 bit samples of ours
        [56, 20],
      ]).toContainEqual([longer, shorter]);
      expect(await tryPicture(bytes, detector)).toBe('faces');
    }
  });

  test('damage gives faces or a code, and both happen', async () => {
    const sound = await soundImages();
    const outcomes = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      const outcome = await tryPicture(mutate(sound, seed), detector).catch((error: unknown) => {
        throw new Error(`seed ${seed}`, { cause: error });
      });
      outcomes.add(outcome);
    }
    for (const outcome of ['faces', 'IMAGE_UNREADABLE', 'IMAGE_TRUNCATED', 'IMAGE_NOT_AN_IMAGE']) {
      expect([...outcomes]).toContain(outcome);
    }
  });

  test('sizes from one pixel to beyond the cap', async () => {
    const outcomes: [string, string][] = [];
    for (let seed = 0; seed < 24; seed++) {
      const size = oddSize(seed, 100_000);
      // decoding 49 million pixels is left to the bench
      if (size[0] * size[1] > 1e6 && size[0] !== 9000) continue;
      outcomes.push([size.join(' × '), await tryPicture(await imageOfSize(size, seed), detector)]);
    }
    const refused = outcomes.filter(([, outcome]) => outcome !== 'faces');
    // too many pixels, and strips
    const large = ['1 × 10000', '10000 × 1', '9000 × 9000', '15255 × 4'];
    expect(refused).toEqual(large.map((size) => [size, 'IMAGE_TOO_LARGE']));
  });
});
