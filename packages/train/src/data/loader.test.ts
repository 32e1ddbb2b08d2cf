import { copyFile, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@semblance/core/random';
import { encodePng } from '@semblance/face/image';
import { readPersonSource, writePersonSource } from '@semblance/lab/datasets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyTargets } from '../detector/face-targets.ts';
import { retinafaceMatching } from '../detector/matching.ts';
import { createCacheMemory } from './image-cache.ts';
import { createLoader } from './loader.ts';
import type { MakerConfig } from './makers.ts';
import { createSampler } from './sampler.ts';

let folder: string;
let paths: string[];
const numImages = 12;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loader-'));
  paths = await Promise.all(
    Array.from({ length: numImages }, async (_, i) => {
      const rng = Random.of(i);
      const data = new Uint8Array(24 * 24 * 3).map(() => rng.below(256));
      const path = join(folder, `${i}.png`);
      await writeFile(path, await encodePng({ data, width: 24, height: 24 }));
      return path;
    }),
  );
  await writeFile(join(folder, 'broken.png'), 'this is text');
});

afterAll(() => rm(folder, { recursive: true }));

const recognition = (files = paths, capacityBytes = 1e6): MakerConfig & { kind: 'recognition' } => ({
  kind: 'recognition',
  config: {
    images: { kind: 'files', root: '', names: files },
    labels: Int32Array.from(files, (_, i) => i % 3),
    inputSize: 16,
    augmentation: 'light',
    seed: 5,
    cache: createCacheMemory(files.length, capacityBytes),
  },
});

async function take(
  maker: MakerConfig & { kind: 'recognition' },
  workers: number,
  startStep = 0,
  endStep = 8,
) {
  const sampler = createSampler(maker.config.labels.length, 4, 5);
  const loader = createLoader(maker, { sampler, startStep, endStep, workers });
  try {
    const batches = [];
    for (let step = startStep; step < endStep; step++) batches.push(await loader.next());
    return batches;
  } finally {
    await loader.close();
  }
}

test('batches do not depend on the number of workers, on the cache or on where loading started', async () => {
  const alone = await take(recognition(), 0);
  expect(alone[0]!.pixels.length).toBe(4 * 16 * 16 * 3);
  expect(await take(recognition(), 2)).toEqual(alone);
  expect(await take(recognition(paths, 0), 1)).toEqual(alone);
  expect(await take(recognition(), 1, 5)).toEqual(alone.slice(5));
});

test('epochs show the same photo in different ways', async () => {
  const batches = await take(recognition([paths[0]!]), 0, 0, 2);
  expect(batches[0]!.pixels).not.toEqual(batches[1]!.pixels);
});

test('a broken file is replaced by the next one and named', async () => {
  const files = [paths[0]!, join(folder, 'broken.png'), paths[2]!, paths[3]!];
  const [batch] = await take(recognition(files), 1, 0, 1);
  expect(batch!.leftOut).toEqual([`${join(folder, 'broken.png')} cannot be read`]);
  expect([...batch!.labels].map(Number).sort()).toEqual([0, 0, 2, 2]);
});

test('a RecordIO set gives the batches of the folder it was made of; a damaged record is replaced and named', async () => {
  const people = join(folder, 'people');
  for (const [i, path] of paths.entries()) {
    await mkdir(join(people, `p${i % 3}`), { recursive: true });
    await copyFile(path, join(people, `p${i % 3}`, `${i}.png`));
  }
  const source = await readPersonSource(people);
  await writePersonSource(source, 'recordio', join(folder, 'records'));
  const records = await readPersonSource(join(folder, 'records'));
  const of = ({ images, labels }: typeof source) => {
    const maker = recognition();
    return { ...maker, config: { ...maker.config, images, labels } };
  };
  const batches = await take(of(source), 1);
  expect(await take(of(records), 2)).toEqual(batches);

  const file = await open(join(folder, 'records', 'train.rec'), 'r+');
  const { ranges } = records.images as Extract<typeof records.images, { kind: 'records' }>;
  await file.write(Buffer.alloc(4), 0, 4, ranges.starts[5]!);
  await file.close();
  const mended = await take(of(records), 1);
  expect(new Set(mended.flatMap(({ leftOut }) => leftOut))).toEqual(
    new Set([`${join(folder, 'records', 'train.rec')}, record 6 cannot be read`]),
  );
  const sampler = createSampler(numImages, 4, 5);
  for (const [step, batch] of mended.entries()) {
    const isSame = Buffer.from(batch.pixels).equals(batches[step]!.pixels);
    expect(isSame).toBe(!sampler.batch(step).includes(5));
  }
});

test('nothing readable, or photos that are not square, end the run with a code', async () => {
  await expect(take(recognition([join(folder, 'broken.png')]), 1)).rejects.toMatchObject({
    code: 'TRAIN_DATA_UNUSABLE',
  });
  const wide = join(folder, 'wide.png');
  await writeFile(wide, await encodePng({ data: new Uint8Array(30 * 20 * 3), width: 30, height: 20 }));
  await expect(take(recognition([wide]), 0)).rejects.toMatchObject({ code: 'DATA_INVALID' });
});

function detection(inputSizes: number[]): MakerConfig & { kind: 'detection' } {
  const targets = paths.map(() => {
    const face = emptyTargets(1);
    face.boxes.set([2, 2, 20, 20]);
    return face;
  });
  return {
    kind: 'detection',
    config: {
      images: { kind: 'files', root: '', names: paths },
      targets,
      augmentation: {
        cropScales: [],
        stretch: 1,
        distortion: null,
        mirror: false,
        padRgb: [123, 117, 104],
        minFace: 1,
      },
      inputSizes,
      anchors: { strides: [8], minSizes: [[8, 16]] },
      matching: retinafaceMatching,
      seed: 1,
      cache: createCacheMemory(paths.length, 1e6),
    },
  };
}

test('detection batches carry blue, green, red and the targets of their anchors', async () => {
  const sampler = createSampler(paths.length, 3, 1);
  const loader = createLoader(detection([24]), { sampler, startStep: 0, endStep: 1, workers: 1 });
  const batch = await loader.next();
  await loader.close();
  const rng = Random.of(sampler.batch(0)[0]!);
  const [r, g, b] = [rng.below(256), rng.below(256), rng.below(256)];
  expect([...batch.pixels.subarray(0, 3)]).toEqual([b, g, r]);
  expect([...batch.targets.positivesPerImage]).toEqual([3, 3, 3]);
  expect([...batch.targets.positives].map(Number)).toEqual([3, 7, 9, 21, 25, 27, 39, 43, 45]);
  expect(batch.targets.withLandmarks.length).toBe(0);
});

test('of several sizes each step has one for all its images, whoever makes the batch', async () => {
  const sizesOf = async (workers: number, startStep: number) => {
    const sampler = createSampler(paths.length, 2, 1);
    const loader = createLoader(detection([24, 48, 96]), { sampler, startStep, endStep: 12, workers });
    const sizes: number[] = [];
    for (let step = startStep; step < 12; step++) {
      const { inputSize, pixels, targets } = await loader.next();
      sizes.push(inputSize);
      expect(pixels.length).toBe(2 * 3 * inputSize ** 2);
      // The face grows with the image: it is found by anchors of its size, or by none.
      const anchors = 2 * 2 * (inputSize / 8) ** 2;
      expect([...targets.positives].every((anchor) => Number(anchor) < anchors)).toBe(true);
    }
    await loader.close();
    return sizes;
  };
  const sizes = await sizesOf(0, 0);
  expect(new Set(sizes)).toEqual(new Set([24, 48, 96]));
  expect(await sizesOf(2, 0)).toEqual(sizes);
  expect(await sizesOf(1, 5)).toEqual(sizes.slice(5));
});
