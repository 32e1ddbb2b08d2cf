import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rateSpread, ratesByGroup, thresholdAtFmr } from '../metrics/index.ts';
import { protocolNames, readProtocol } from './protocols.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'protocols-'));
});
afterAll(() => rm(dir, { recursive: true }));

test.each(protocolNames)('%s says what is missing and where to get it', async (name) => {
  await expect(readProtocol(name, dir)).rejects.toMatchObject({
    code: 'PATH_NOT_FOUND',
    message: expect.stringMatching(/ needs .+ in .+: get it from http.+--data/),
  });
});

test('RFW’s four lists become one, each photo in its group', async () => {
  for (const race of ['African', 'Asian', 'Caucasian', 'Indian']) {
    await mkdir(join(dir, 'rfw/data', race), { recursive: true });
    await mkdir(join(dir, 'rfw/txts', race), { recursive: true });
    await writeFile(join(dir, `rfw/txts/${race}/${race}_pairs.txt`), 'm.01\t1\t2\nm.01\t1\tm.02\t3\n');
  }
  const { set, attributes } = await readProtocol('rfw', join(dir, 'rfw'));
  expect(set.pairs.pairs).toHaveLength(8);
  expect(set.pairs.pairs[3]).toEqual({
    first: 'Asian/m.01/m.01_0001.jpg',
    second: 'Asian/m.02/m.02_0003.jpg',
    same: false,
  });
  expect(set.photos.find(({ name }) => name === 'Indian/m.01/m.01_0002.jpg')?.path).toBe(
    join(dir, 'rfw/data/Indian/m.01/m.01_0002.jpg'),
  );
  expect(attributes!.valueOf('Caucasian/m.01/m.01_0001.jpg', 'part')).toBe('Caucasian');
});

test('groups are compared at the threshold of one false match rate, and who pays is said', () => {
  // 10 impostor pairs 0.0 … 0.9; an FMR of 0.2 lets the two highest match
  const impostors = Array.from({ length: 10 }, (_, i) => i / 10);
  const scores = [...impostors, 0.95, 0.9, 0.5, 0.4];
  const same = scores.map((_, i) => i >= 10);
  const threshold = thresholdAtFmr(scores, same, 0.2);
  expect(threshold).toBeGreaterThan(0.7);
  expect(threshold).toBeLessThan(0.8);
  expect(thresholdAtFmr(scores, same, 1)).toBe(-1);
  const groups = ratesByGroup(
    scores,
    same,
    scores.map((_, i) => (i < 10 ? 'mixed' : i < 12 ? 'a' : 'b')),
    threshold,
  );
  expect(rateSpread(groups, 'fnmr')).toEqual({
    worst: { group: 'b', rate: 1 },
    best: { group: 'a', rate: 0 },
    ratio: null,
    surely: false,
  });
  expect(rateSpread(groups, 'fmr')).toBeNull();
});
