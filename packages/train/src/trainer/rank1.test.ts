import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePng } from '@semblance/face/image';
import { nn, type Tensor } from '@semblance/torch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LabelledPhotos, PersonData } from '../data/person-data.ts';
import { evaluateRank1 } from './rank1.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rank1-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Pixels as they are: photos of one colour are told apart by it. */
class Pixels extends nn.Module {
  forward(x: Tensor): Tensor {
    return x.flatten(1);
  }
}

/** One photo of each person; those that are broken hold no picture, or one that is no crop. */
async function photosOf(part: string, broken: Record<number, Uint8Array> = {}): Promise<LabelledPhotos> {
  const names: string[] = [];
  for (let person = 0; person < 5; person++) {
    const data = new Uint8Array(8 * 8 * 3).map((_, i) => (i % 5 === person ? 255 : 0));
    const path = join(folder, `${part}-${person}.png`);
    await writeFile(path, broken[person] ?? (await encodePng({ data, width: 8, height: 8 })));
    names.push(path);
  }
  return { images: { kind: 'files', root: '', names }, labels: Int32Array.from(names.keys()) };
}

const dataOf = (train: LabelledPhotos, held: LabelledPhotos): PersonData => ({
  people: ['a', 'b', 'c', 'd', 'e'],
  train,
  held,
  strangers: { kind: 'files', root: '', names: [] },
  fingerprint: '',
  peopleHash: '',
});

test('photos that cannot be used count for nobody: the others are right as before', async () => {
  const noPhoto = Buffer.from('no photo');
  const wide = await encodePng({ data: new Uint8Array(8 * 9 * 3), width: 8, height: 9 });
  const held = await photosOf('held', { 0: noPhoto, 2: wide, 3: noPhoto });
  const told: string[] = [];
  const backbone = new Pixels();
  const options = { inputSize: 8, device: 'cpu', onLeftOut: (what: string) => void told.push(what) };
  expect(await evaluateRank1(backbone, dataOf(await photosOf('train'), held), options)).toEqual({
    valRank1: 1,
  });
  expect(told).toEqual([
    `${join(folder, 'held-0.png')} cannot be read`,
    `${join(folder, 'held-2.png')} is no square crop of an aligned face`,
    `${join(folder, 'held-3.png')} cannot be read`,
  ]);

  // a broken photo among the enrolled ones does not become its neighbour's either
  const train = await photosOf('enrolled', { 1: noPhoto });
  expect(await evaluateRank1(backbone, dataOf(train, await photosOf('held')), options)).toEqual({
    valRank1: 0.8,
  });
});

test('where none can be used there is no rank', async () => {
  const all = Object.fromEntries([0, 1, 2, 3, 4].map((person) => [person, Buffer.from('no photo')]));
  const backbone = new Pixels();
  const data = dataOf(await photosOf('train'), await photosOf('none', all));
  expect(await evaluateRank1(backbone, data, { inputSize: 8, device: 'cpu' })).toBeNull();
});
