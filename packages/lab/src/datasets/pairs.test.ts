import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeRealData, realData } from '../../../../test/support/real-data.ts';
import { formatPairs, parsePairs, readPairs } from './pairs.ts';

describe('lists of two lines a pair (CALFW, CPLFW)', () => {
  const block = (names: [string, string], token: number): string =>
    `${names[0]}.jpg ${token}\n${names[1]}.jpg ${token}\n`;

  test('are dealt into ten folds with as many same as different pairs', () => {
    const same = Array.from({ length: 20 }, (_, i) =>
      block([`A_${i}_0001`, `A_${i}_0002`], 1 + Math.floor(i / 2)),
    );
    const different = Array.from({ length: 20 }, (_, i) => block([`B_${i}_0001`, `C_${i}_0002`], 0));
    const { pairs, numFolds } = parsePairs([...same, ...different].join(''));
    expect([pairs.length, numFolds]).toEqual([40, 10]);
    expect(pairs.slice(4, 8)).toEqual([
      { first: 'A_2_0001.jpg', second: 'A_2_0002.jpg', same: true },
      { first: 'A_3_0001.jpg', second: 'A_3_0002.jpg', same: true },
      { first: 'B_2_0001.jpg', second: 'C_2_0002.jpg', same: false },
      { first: 'B_3_0001.jpg', second: 'C_3_0002.jpg', same: false },
    ]);
  });

  test('too few for ten folds are one; tokens that differ are refused with the line', () => {
    expect(parsePairs(block(['a', 'b'], 1) + block(['c', 'd'], 0)).numFolds).toBe(1);
    expect(() => parsePairs('a.jpg 1\nb.jpg 1\nc.jpg 1\nd.jpg 0\n', 'p.txt')).toThrow('p.txt:4');
    expect(() => parsePairs('a.jpg 1\nb.jpg 1\nc.jpg 1\n', 'p.txt')).toThrow('p.txt:3');
  });
});

describe('plain lists', () => {
  test('take spaces within commas and tabs, and −1 for two people', () => {
    expect(parsePairs('my dir/a 1.jpg,b.jpg,1\n').pairs[0]).toEqual({
      first: 'my dir/a 1.jpg',
      second: 'b.jpg',
      same: true,
    });
    expect(parsePairs('0_Maria_35_f.jpg 2_John_20_m.jpg -1\n').pairs[0]!.same).toBe(false);
    expect(() => parsePairs('a.jpg b.jpg 1\na.jpg b.jpg 2\n', 'p.txt')).toThrow('p.txt:2');
  });

  test('are what formatPairs writes', () => {
    const text = 'a/1.jpg\tb c/2.jpg\t0\na/1.jpg\ta/2.jpg\t1\n';
    expect(formatPairs(parsePairs(text))).toBe(text);
  });
});

describe('CFP', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'cfp-'));
    const write = async (path: string, text: string): Promise<void> => {
      await mkdir(join(dir, path, '..'), { recursive: true });
      await writeFile(join(dir, path), text);
    };
    const list = (pose: string): string =>
      Array.from({ length: 4 }, (_, i) => `${i + 1} ../Data/Images/00${i + 1}/${pose}/01.jpg\n`).join('');
    await write('Protocol/Pair_list_F.txt', list('frontal'));
    await write('Protocol/Pair_list_P.txt', list('profile'));
    for (const split of ['FF', 'FP']) {
      await write(`Protocol/Split/${split}/01/same.txt`, '1,1\n2,2');
      await write(`Protocol/Split/${split}/01/diff.txt`, '1,2\n3,4\n');
      await write(`Protocol/Split/${split}/02/same.txt`, '3,3\n4,4\n');
      await write(`Protocol/Split/${split}/02/diff.txt`, '4,1\n2,3\n');
    }
    await write('Protocol/Split/other/01/same.txt', '1,1\n');
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  test('frontal and profile photos by the numbers of the two lists', async () => {
    const { pairs, numFolds } = await readPairs(join(dir, 'Protocol/Split/FP'));
    expect([pairs.length, numFolds]).toEqual([8, 2]);
    expect(pairs[3]).toEqual({
      first: 'Data/Images/003/frontal/01.jpg',
      second: 'Data/Images/004/profile/01.jpg',
      same: false,
    });
    expect((await readPairs(join(dir, 'Protocol/Split/FF'))).pairs[3]!.second).toBe(
      'Data/Images/004/frontal/01.jpg',
    );
  });

  test('numbers that are not in the lists, other folders and paths that leave are refused', async () => {
    await expect(readPairs(join(dir, 'Protocol/Split/other'))).rejects.toMatchObject({
      code: 'DATA_INVALID',
    });
    await writeFile(join(dir, 'Protocol/Split/FP/02/diff.txt'), '4,9\n');
    await expect(readPairs(join(dir, 'Protocol/Split/FP'))).rejects.toThrow(/diff\.txt:1/);
    await writeFile(join(dir, 'Protocol/Pair_list_F.txt'), '1 ../../../etc/passwd\n');
    await expect(readPairs(join(dir, 'Protocol/Split/FF'))).rejects.toMatchObject({
      code: 'PATH_OUTSIDE_ROOT',
    });
  });
});

describeRealData('LFW', () => {
  test('its official pairs: ten folds, 3,000 of one person and 3,000 of two, 7,701 photos', async () => {
    const { pairs, numFolds } = await readPairs(realData('lfw-pairs.txt'));
    expect([pairs.length, numFolds]).toEqual([6000, 10]);
    expect(pairs.filter(({ same }) => same).length).toBe(3000);
    expect(new Set(pairs.flatMap(({ first, second }) => [first, second])).size).toBe(7701);
  });
});
