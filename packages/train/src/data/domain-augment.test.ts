import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@semblance/core/random';
import type { Image } from '@semblance/face/image';
import { createIdentity, renderPortrait } from '@semblance/synthetic';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeToyPeople } from '../testing/toy-people.ts';
import { type TrainRecognitionOptions, trainRecognition } from '../train-recognition.ts';
import { readMetrics } from '../trainer/metrics-log.ts';
import { augmentDomain, type DomainChances } from './domain-augment.ts';
import { jpegLoss } from './jpeg-loss.ts';

const size = 112;
const portrait: Image = renderPortrait(createIdentity(3), { seed: 1, size, nuisance: 0.3 }).image;
const none: DomainChances = {
  ...{ affineChance: 0, colorChance: 0, resolutionChance: 0, jpegChance: 0, eraseChance: 0 },
};
const ways = Object.keys(none) as (keyof DomainChances)[];
const varied = (seed: number, chances: Partial<DomainChances>): Uint8Array => {
  const pixels = new Uint8Array(portrait.data);
  augmentDomain(pixels, size, Random.of(seed), { ...none, ...chances });
  return pixels;
};
const distance = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

test('without a chance nothing changes, and each way follows from the stream alone', () => {
  expect(varied(1, {})).toEqual(portrait.data);
  for (const way of ways) {
    const all = Array.from({ length: 6 }, (_, seed) => varied(seed, { [way]: 1 }));
    expect(varied(3, { [way]: 1 })).toEqual(all[3]);
    // colours may all stay as they are, each does half of the time
    expect(new Set(all.map((pixels) => pixels.join())).size, way).toBeGreaterThanOrEqual(5);
  }
});

test('a chance is a share of the crops, and changes nothing of the other ways', () => {
  const changed = Array.from({ length: 400 }, (_, seed) => varied(seed, { eraseChance: 0.25 })).filter(
    (pixels) => distance(pixels, portrait.data) > 0,
  );
  expect(changed.length / 400).toBeGreaterThan(0.19);
  expect(changed.length / 400).toBeLessThan(0.31);
  const seed = Array.from({ length: 20 }, (_, s) => s).find(
    (s) => distance(varied(s, { colorChance: 0.5 }), portrait.data) === 0,
  )!;
  expect(varied(seed, { colorChance: 0.5, eraseChance: 1 })).toEqual(varied(seed, { eraseChance: 1 }));
});

test('erased is one rectangle of noise, of 2 to 25 % of the crop', () => {
  for (let seed = 0; seed < 20; seed++) {
    const pixels = varied(seed, { eraseChance: 1 });
    const isChanged = (i: number): boolean =>
      [0, 1, 2].some((c) => pixels[3 * i + c] !== portrait.data[3 * i + c]);
    const changed = Array.from({ length: size * size }, (_, i) => i).filter(isChanged);
    const [xs, ys] = [changed.map((i) => i % size), changed.map((i) => Math.floor(i / size))];
    const area = (Math.max(...xs) - Math.min(...xs) + 1) * (Math.max(...ys) - Math.min(...ys) + 1);
    expect(area / size ** 2).toBeGreaterThan(0.015);
    expect(area / size ** 2).toBeLessThan(0.26);
    // noise may hit what was there
    expect(changed.length / area).toBeGreaterThan(0.99);
  }
});

test('affine moves a disc no further than its limits, and the colours stay', () => {
  const disc = new Uint8Array(size * size * 3);
  for (let i = 0; i < size * size; i++)
    if (Math.hypot((i % size) - 55.5, Math.floor(i / size) - 55.5) < 20) disc.fill(200, 3 * i, 3 * i + 3);
  const centres = Array.from({ length: 30 }, (_, seed) => {
    const pixels = new Uint8Array(disc);
    augmentDomain(pixels, size, Random.of(seed), { ...none, affineChance: 1 });
    expect(Math.max(...pixels)).toBe(200);
    let [x, y, mass] = [0, 0, 0];
    for (let i = 0; i < size * size; i++) {
      x += pixels[3 * i]! * (i % size);
      y += pixels[3 * i]! * Math.floor(i / size);
      mass += pixels[3 * i]!;
    }
    const area = mass / 200 / (Math.PI * 400);
    expect(area).toBeGreaterThan(0.75);
    expect(area).toBeLessThan(1.3);
    return Math.hypot(x / mass - 55.5, y / mass - 55.5);
  });
  expect(Math.max(...centres)).toBeLessThan(0.06 * size * Math.SQRT2 * 1.3);
  expect(Math.max(...centres)).toBeGreaterThan(3);
});

test('lost resolution takes detail away and leaves the rest', () => {
  const detail = (pixels: Uint8Array): number => {
    let sum = 0;
    for (let i = 3; i < pixels.length; i++) sum += Math.abs(pixels[i]! - pixels[i - 3]!);
    return sum;
  };
  const shares = Array.from({ length: 20 }, (_, seed) => {
    const pixels = varied(seed, { resolutionChance: 1 });
    expect(distance(pixels, portrait.data)).toBeLessThan(12);
    return detail(pixels) / detail(portrait.data);
  });
  expect(Math.min(...shares)).toBeLessThan(0.8);
});

describe('the losses of JPEG', () => {
  test.each([20, 50, 75, 90])('at quality %i are those of a real encoder', async (quality) => {
    const ours = jpegLoss(portrait, quality).data;
    const raw = { width: size, height: size, channels: 3 } as const;
    const jpeg = await sharp(portrait.data, { raw }).jpeg({ quality, chromaSubsampling: '4:2:0' }).toBuffer();
    const theirs = new Uint8Array(await sharp(jpeg).removeAlpha().raw().toBuffer());
    const loss = distance(theirs, portrait.data);
    // what rounding within the codec does, and no more: a level of 255
    expect(distance(ours, theirs)).toBeLessThan(Math.max(1, 0.35 * loss));
    expect(distance(ours, portrait.data) / loss).toBeGreaterThan(0.85);
    expect(distance(ours, portrait.data) / loss).toBeLessThan(1.15);
  });

  test('of sides that no block divides', () => {
    const odd = { data: portrait.data.slice(0, 3 * 50 * 37), width: 50, height: 37 };
    const { data, width, height } = jpegLoss(odd, 95);
    expect([data.length, width, height]).toEqual([3 * 50 * 37, 50, 37]);
    const flat = { data: new Uint8Array(3 * 20 * 20).fill(77), width: 20, height: 20 };
    for (const value of jpegLoss(flat, 20).data) expect(Math.abs(value - 77)).toBeLessThan(8);
  });
});

describe('a training', () => {
  let folder: string;
  let data: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'domain-'));
    data = join(folder, 'people');
    await writeToyPeople(data, 3, 8, 32);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const options = (out: string, changes: object = {}): TrainRecognitionOptions => ({
    data,
    out: join(folder, out),
    overrides: {
      ...{ backbone: 'r10', 'backboneOptions.width': 0.125, inputSize: 32, embeddingSize: 8 },
      ...{ batchSize: 8, epochs: 4, checkpointSteps: 3, threads: 1, device: 'cpu', workers: 0 },
      ...{ affineChance: 0.5, colorChance: 0.5, resolutionChance: 0.3, jpegChance: 0.3, eraseChance: 0.3 },
      ...changes,
    },
  });
  const lossesOf = (out: string) =>
    readMetrics(join(folder, out, 'metrics.jsonl')).flatMap(({ loss }) => loss ?? []);

  test('is the same with any number of workers and after a resume, to the bit', async () => {
    await trainRecognition(options('whole'));
    await trainRecognition(options('workers', { workers: 2 }));
    expect(lossesOf('workers')).toEqual(lossesOf('whole'));
    const stop = new AbortController();
    const stopped = trainRecognition({
      ...options('stopped'),
      signal: stop.signal,
      onProgress: (event) => event.kind === 'step' && event.step === 5 && stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'TRAIN_STOPPED' });
    await trainRecognition({ ...options('stopped'), resume: true });
    expect(lossesOf('stopped')).toEqual(lossesOf('whole'));
    const weights = (out: string) => readFile(join(folder, out, 'model.safetensors'));
    expect(await weights('stopped')).toEqual(await weights('whole'));
    await expect(
      trainRecognition({ ...options('stopped', { jpegChance: 0 }), resume: true }),
    ).rejects.toMatchObject({
      code: 'CHECKPOINT_INVALID',
      message: expect.stringContaining('jpegChance was 0.3, now 0'),
    });
    await trainRecognition(options('plain', Object.fromEntries(ways.map((way) => [way, 0]))));
    expect(lossesOf('plain')).not.toEqual(lossesOf('whole'));
  });
});
