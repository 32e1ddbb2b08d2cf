import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Version } from '../model.ts';
import { followLog } from './follow.ts';
import { failureHint } from './hints.ts';
import { type PageOptions, readLogPage } from './page.ts';
import { searchLog } from './search.ts';

let dir: string;
let count = 0;
let log: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'logs-'));
});
afterAll(() => rm(dir, { recursive: true }));
beforeEach(() => {
  log = join(dir, `${count++}.log`);
});

/** The lines by sed and grep, which are not ours. */
const sed = (range: string): string =>
  execFileSync('sed', ['-n', range, log], { encoding: 'utf8', maxBuffer: 1e8 });

const numbers = async (options: PageOptions): Promise<number[]> =>
  (await readLogPage(log, options)).lines.map(({ number }) => number);

describe('pages', () => {
  test('go forward and back from a line', async () => {
    writeFileSync(log, Array.from({ length: 10 }, (_, i) => `line ${i + 1}\n`).join(''));
    expect(await numbers({})).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await numbers({ baseLine: 4, lines: 3 })).toEqual([4, 5, 6]);
    expect(await numbers({ baseLine: 9, lines: 3 })).toEqual([9, 10]);
    expect(await numbers({ baseLine: 4, lines: 3, order: 'desc' })).toEqual([2, 3, 4]);
    expect(await numbers({ lines: 2, order: 'desc' })).toEqual([9, 10]);
    expect(await numbers({ baseLine: 99 })).toEqual([]);
    expect(await numbers({ baseLine: 99, lines: 2, order: 'desc' })).toEqual([9, 10]);
    expect((await readLogPage(log, { lines: 1 })).numLines).toBe(10);
  });

  test('see a line that has no end yet, an empty one and a Windows one', async () => {
    writeFileSync(log, 'one\r\n\nthree');
    expect(await readLogPage(log)).toEqual({
      numLines: 3,
      lines: [
        { number: 1, text: 'one' },
        { number: 2, text: '' },
        { number: 3, text: 'three' },
      ],
    });
    appendFileSync(log, ' more\nfour\n');
    expect((await readLogPage(log, { baseLine: 3 })).lines.map(({ text }) => text)).toEqual([
      'three more',
      'four',
    ]);
    writeFileSync(log, '');
    expect(await readLogPage(log)).toEqual({ numLines: 0, lines: [] });
  });

  test('of a large log agree with sed, before and after it grows, and the index is kept', async () => {
    const line = (i: number): string => `${i} ${'x'.repeat((i * 7919) % 211)}\n`;
    const make = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, i) => line(from + i)).join('');
    writeFileSync(log, make(1, 60_001));
    for (const baseLine of [1, 1023, 1024, 1025, 33_333, 59_990]) {
      const { lines, numLines } = await readLogPage(log, { baseLine, lines: 50 });
      expect(numLines).toBe(60_000);
      expect(lines.map(({ text }) => `${text}\n`).join('')).toBe(sed(`${baseLine},${baseLine + 49}p`));
    }
    expect(statSync(log).size).toBeGreaterThan(4 << 20);
    expect(existsSync(`${log}.index`)).toBe(true);
    appendFileSync(log, make(60_001, 70_001));
    const { lines, numLines } = await readLogPage(log, { baseLine: 65_000, lines: 2 });
    expect([numLines, lines[0]!.text]).toEqual([70_000, line(65_000).trim()]);
  });

  test('another log under the same name is not read by the old index', async () => {
    writeFileSync(log, 'a line of the first log, which is long\n'.repeat(200_000));
    await readLogPage(log);
    expect(existsSync(`${log}.index`)).toBe(true);
    writeFileSync(log, 'b\n'.repeat(5_000_000));
    expect((await readLogPage(log, { baseLine: 4_999_999 })).numLines).toBe(5_000_000);
  });

  test('a line longer than a block is one line, cut where it is shown', async () => {
    writeFileSync(log, `short\n${'y'.repeat(3_000_000)}\nlast\n`);
    const { lines, numLines } = await readLogPage(log);
    expect(numLines).toBe(3);
    expect(lines[1]!.text).toMatch(/^y{16384} … \[\d+ bytes more\]$/);
    expect(lines[2]).toEqual({ number: 3, text: 'last' });
  });

  test('of no log is an error', async () => {
    await expect(readLogPage(join(dir, 'none'))).rejects.toMatchObject({ code: 'LOG_NOT_FOUND' });
  });
});

describe('search', () => {
  test('agrees with grep, also across blocks', async () => {
    const text = Array.from({ length: 100_000 }, (_, i) =>
      i % 977 === 5 ? `an Error ${i} Error` : `fine ${i}`,
    );
    writeFileSync(log, `${text.join('\n')}\nError at the end`);
    const grep = execFileSync('grep', ['-n', 'Error', log], { encoding: 'utf8' }).trimEnd().split('\n');
    const { lines, hasMore } = await searchLog(log, 'Error', { lines: 10_000 });
    expect(lines.map(({ number, text }) => `${number}:${text}`)).toEqual(grep);
    expect(hasMore).toBe(false);
  });

  test('goes on from a line, and says that there is more', async () => {
    writeFileSync(log, 'x\n'.repeat(10));
    const first = await searchLog(log, 'x', { lines: 4 });
    expect([first.lines.map(({ number }) => number), first.hasMore]).toEqual([[1, 2, 3, 4], true]);
    const rest = await searchLog(log, 'x', { fromLine: 5, lines: 6 });
    expect([rest.lines.length, rest.lines[0]!.number, rest.hasMore]).toEqual([6, 5, false]);
    expect((await searchLog(log, 'z')).lines).toEqual([]);
  });
});

test('following gives everything once, from before it is there until it ends', async () => {
  let isEnded = false;
  const pieces: string[] = [];
  const following = (async () => {
    for await (const piece of followLog(log, { isEnded: async () => isEnded, pollMs: 5 })) pieces.push(piece);
  })();
  const text = 'grüße ✓\n'.repeat(20_000);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 9999) {
    appendFileSync(log, bytes.subarray(at, at + 9999)); // cuts characters apart
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  isEnded = true;
  await following;
  expect(pieces.join('')).toBe(text);
});

describe('hints', () => {
  const failed = (reason: string, state: Version['state'] = 'failed') => ({ state, reason }) as Version;

  test.each([
    ['RuntimeError: CUDA out of memory. Tried to allocate', 'GPU', 'batchSize'],
    ['FATAL ERROR: JavaScript heap out of memory', 'no more memory', 'batchSize'],
    ["ModuleNotFoundError: No module named 'torchvision'", 'torchvision', 'pip install torchvision'],
    ["Error: Cannot find package 'sharp' imported from", 'sharp', 'npm ci'],
    ['/bin/sh: 1: pythn: not found', 'pythn', 'PATH'],
    ['prlimit: failed to execute pythn: No such file or directory', 'pythn', 'PATH'],
    ['error PATH_NOT_FOUND: no such folder: /data', '/data', 'path'],
    ["FileNotFoundError: [Errno 2] No such file or directory: 'x.csv'", 'x.csv', 'path'],
    ['error TRAIN_DIVERGED: the loss became NaN', 'finite', 'lr'],
    ['OSError: [Errno 28] No space left on device', 'disk', 'space'],
    ['error STORAGE_DENIED: 403', 'credentials', 'profile'],
  ])('%s', (line, cause, fix) => {
    const hint = failureHint(failed('worker 0 ended with exit code 1'), ['fine', `before\n${line}\nafter`]);
    expect(hint).toEqual({ cause: expect.stringContaining(cause), fix: expect.stringContaining(fix) });
  });

  test('come from the reason where the log says nothing', () => {
    expect(failureHint(failed('worker 0 was ended by SIGKILL'), [''])!.cause).toContain('memory');
    expect(
      failureHint(failed('worker 0 (process 7) is gone without an exit code: …', 'lost'), [])!.fix,
    ).toContain('jobs resume');
  });

  test('are for failures only, and none is better than a wrong one', () => {
    expect(failureHint(failed('done', 'completed'), ['CUDA out of memory'])).toBeNull();
    expect(failureHint(failed('worker 0 ended with exit code 1'), ['something of its own'])).toBeNull();
  });
});
