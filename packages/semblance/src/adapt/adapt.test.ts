import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@semblance/core/random';
import { dot, normalize } from '@semblance/core/vector';
import { Gallery } from '@semblance/face/gallery';
import { loadRecognizer } from '@semblance/face/models';
import { applyLinearHead, type LinearHead } from '@semblance/lab/adapt';
import { createIdentity, renderAlignedCrop, writePeople } from '@semblance/synthetic';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { record } from '../testing/recorder.ts';
import { writeAdapted } from './adapted-model.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'adapt-'));
  await writePeople({
    out: join(dir, 'data'),
    numPeople: 3,
    photosPerPerson: 4,
    seed: 1,
    size: 32,
    aligned: true,
  });
  const settings = [
    'backbone=r10',
    'backboneOptions.width=0.125',
    'inputSize=32',
    'epochs=1',
    'workers=0',
    'threads=1',
  ];
  const args = [
    '--data',
    join(dir, 'data'),
    '--out',
    join(dir, 'model'),
    ...settings.flatMap((one) => ['--set', one]),
  ];
  expect(await record('train', 'recognition', ...args)).toMatchObject({ code: 0 });
}, 300_000);
afterAll(() => rm(dir, { recursive: true }));

test('a model with a head gives the embeddings of the model through the head', async () => {
  await using before = await loadRecognizer(join(dir, 'model'));
  const size = before.manifest.recognizer.embeddingSize;
  const random = new Random(5);
  const head: LinearHead = { size, rows: Float64Array.from({ length: size * size }, () => random.normal()) };
  await writeAdapted(join(dir, 'model'), head, join(dir, 'adapted'), { gain: 0.1 });
  await using after = await loadRecognizer(join(dir, 'adapted'));
  const crops = [1, 2].map((seed) => renderAlignedCrop(createIdentity(9), { seed, size: 32 }).image);
  const [old, now] = [await before.embed(crops), await after.embed(crops)];
  for (const [i, one] of old.entries()) expect(dot(applyLinearHead(head, one), now[i]!)).toBeCloseTo(1, 4);
  expect(after.id).not.toBe(before.id);
  expect(after.manifest.metrics?.adapt).toEqual({ gain: 0.1 });
  await expect(writeAdapted(join(dir, 'adapted'), head, join(dir, 'twice'), {})).rejects.toMatchObject({
    code: 'DATA_INVALID',
  });
}, 120_000);

/** A gallery of people whose photos differ by `noise` along the first `directions` numbers of their embeddings. */
async function makeGallery(name: string, noise: number, directions: number): Promise<string> {
  await using model = await loadRecognizer(join(dir, 'model'));
  const embeddingSize = model.manifest.recognizer.embeddingSize;
  await using gallery = await Gallery.create(join(dir, name), { modelId: model.id, embeddingSize });
  const random = new Random(3);
  for (let i = 0; i < 30; i++) {
    const own = Float32Array.from({ length: embeddingSize }, () => random.normal());
    const faces = Array.from({ length: 8 }, () => ({
      subject: `person ${i}`,
      embedding: normalize(own.map((value, k) => value + random.normal(k < directions ? noise : 0.3))),
    }));
    await gallery.enrol(faces, model.id);
  }
  return join(dir, name);
}

test('a gallery that gains gets a model, another keeps its own', async () => {
  const run = (gallery: string, out: string) =>
    record(
      'adapt',
      '--gallery',
      gallery,
      '--recognizer',
      join(dir, 'model'),
      '--out',
      out,
      '--format',
      'json',
    );
  const gains = await makeGallery('gains', 9, 12);
  const helped = await run(gains, join(dir, 'ours'));
  expect(helped).toMatchObject({ code: 0 });
  expect(JSON.parse(helped.out[0]!)).toMatchObject({ adapted: true, code: null, people: 30 });
  await using adapted = await loadRecognizer(join(dir, 'ours'));
  expect(adapted.manifest.metrics?.adapt).toMatchObject({ adapted: true });
  expect((await run(gains, join(dir, 'ours'))).err.join()).toContain('PATH_EXISTS');

  const refused = await run(await makeGallery('keeps', 0.3, 0), join(dir, 'none'));
  expect(refused).toMatchObject({ code: 3 });
  expect(JSON.parse(refused.out[0]!)).toMatchObject({ adapted: false, code: 'ADAPT_NO_GAIN' });
  expect(existsSync(join(dir, 'none'))).toBe(false);
}, 120_000);
