import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createImage, type Image } from '../image/image.ts';
import { tinyRecognizer } from '../testing/tiny-models.ts';
import { loadRecognizer } from './load.ts';
import type { SessionOptions } from './session.ts';

let dir = '';
const conventions = { task: 'recognition', mean: 127.5, std: 127.5 } as const;
const load = (batch: number | string, options: SessionOptions = {}) =>
  loadRecognizer(join(dir, `${batch}.onnx`), { dialect: 'custom', conventions, ...options });

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'recognizer-'));
  for (const batch of ['any', 1, 4]) await writeFile(join(dir, `${batch}.onnx`), tinyRecognizer(batch));
});
afterAll(() => rm(dir, { recursive: true }));

/** A crop whose quarters have these greys: top left, top right, bottom left, bottom right. */
function quarters(...greys: [number, number, number, number]): Image {
  const image = createImage(112, 112);
  for (let i = 0; i < 112 * 112; i++) {
    const quarter = (i % 112 < 56 ? 0 : 1) + (i < 56 * 112 ? 0 : 2);
    image.data.set([greys[quarter]!, greys[quarter]! / 2, 7], 3 * i);
  }
  return image;
}

/** What the tiny network gives for it, by hand. */
function expected(greys: [number, number, number, number], flip: boolean): number[] {
  const mirrored = (g: number[]) => (flip ? [g[0]! + g[1]!, g[0]! + g[1]!, g[2]! + g[3]!, g[2]! + g[3]!] : g);
  const times = flip ? 2 : 1;
  const reds = mirrored(greys);
  const greens = mirrored(greys.map((grey) => Math.floor(grey / 2)));
  const vector = [...reds, ...greens, ...reds.map(() => 7 * times)].map((v) => (v - 127.5 * times) / 127.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

const crops: [number, number, number, number][] = [
  [10, 200, 30, 90],
  [0, 0, 250, 100],
  [80, 20, 20, 240],
  [255, 0, 0, 0],
  [5, 66, 128, 9],
];

const networks: [number | string, SessionOptions][] = ['any', 1, 4].flatMap((batch) =>
  [{}, { runners: 2 }].map((options): [number | string, SessionOptions] => [batch, options]),
);

test.each(networks)(
  'flip-sum, batches and normalisation, batch of the network: %s, %o',
  async (batch, options) => {
    await using recognizer = await load(batch, options);
    for (const flip of [true, false]) {
      for (const batchSize of [1, 3, 16]) {
        const embeddings = await recognizer.embed(
          crops.map((greys) => quarters(...greys)),
          { flip, batchSize },
        );
        expect(embeddings.length).toBe(crops.length);
        for (const [i, greys] of crops.entries()) {
          expected(greys, flip).forEach((value, k) => void expect(embeddings[i]![k]).toBeCloseTo(value, 4));
        }
      }
    }
  },
);

test('runs under way at the same time do not mix', async () => {
  await using recognizer = await load('any');
  const runs = await Promise.all(crops.map((greys) => recognizer.embed([quarters(...greys)])));
  for (const [i, [embedding]] of runs.entries()) {
    expected(crops[i]!, true).forEach((value, k) => void expect(embedding![k]).toBeCloseTo(value, 4));
  }
});

test('no crops give no embeddings; crops of another size and a closed network are refused', async () => {
  const recognizer = await load('any');
  expect(await recognizer.embed([])).toEqual([]);
  await expect(recognizer.embed([createImage(64, 112)])).rejects.toMatchObject({
    code: 'DATA_INVALID',
    message: 'Expected crops of 112 × 112 but received 64 × 112',
  });
  await recognizer.close();
  await recognizer.close();
  await expect(recognizer.embed([quarters(1, 2, 3, 4)])).rejects.toMatchObject({ code: 'MODEL_CLOSED' });
});
