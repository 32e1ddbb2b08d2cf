import { didYouMean } from '@semblance/core';
import { formatFacts, formatTable, percent } from '@semblance/core/table';
import { describe, expect, test } from 'vitest';
import type { Io } from './io.ts';
import { parseSettings } from './options.ts';
import { createProgress, formatDuration, megabytes } from './progress.ts';

describe('progress', () => {
  function recorded(isTerminal: boolean) {
    const [lines, drawn]: [string[], string[]] = [[], []];
    const io = {
      err: (line: string) => void lines.push(line),
      draw: (text: string) => void drawn.push(text),
      isTerminal,
      columns: () => 60,
    } as unknown as Io;
    return { io, lines, drawn };
  }

  test('plain lines every ten seconds, and the last', () => {
    const { io, lines } = recorded(false);
    let nowMs = 0;
    const progress = createProgress(io, 'embedding', { now: () => nowMs });
    for (let done = 1; done <= 25; done++) {
      nowMs += 1000;
      progress.update(done, 25, 'two refused');
    }
    progress.end();
    expect(lines).toEqual([
      'embedding 1/25 1.0/s, 24 s left, two refused',
      'embedding 11/25 1.0/s, 14 s left, two refused',
      'embedding 21/25 1.0/s, 4 s left, two refused',
      'embedding 25/25 1.0/s, two refused',
    ]);
  });

  test('a bar on a terminal, no wider than it, gone at the end', () => {
    const { io, lines, drawn } = recorded(true);
    let nowMs = 0;
    const progress = createProgress(io, 'training', { now: () => nowMs });
    for (let done = 1; done <= 4; done++) {
      nowMs += 200;
      progress.update(done, 8, 'a note that is far too long to fit into sixty columns');
    }
    progress.say('a line');
    progress.end();
    const bars = drawn.filter((text) => text.includes('training'));
    expect(bars.length).toBe(5); // four updates, and once more after the line
    for (const bar of bars) expect(bar.replace('\r\x1b[2K', '').length).toBeLessThan(60);
    expect(bars[3]).toContain('██████████░░░░░░░░░░ 4/8');
    expect(lines).toEqual(['a line']);
    expect(drawn.at(-1)).toBe('\r\x1b[2K');
  });

  test('bytes as megabytes, and no whole where none is known', () => {
    const { io, lines } = recorded(false);
    let nowMs = 0;
    const progress = createProgress(io, 'yunet', { now: () => nowMs, amount: megabytes });
    nowMs = 1000;
    progress.update(500_000, 2_000_000);
    nowMs = 12_000;
    progress.update(1_500_000, 0);
    progress.end();
    expect(lines).toEqual(['yunet 0.5 MB/2.0 MB 0.5 MB/s, 3 s left', 'yunet 1.5 MB 0.1 MB/s']);
  });

  test('nothing where there was nothing to do', () => {
    const { io, lines, drawn } = recorded(false);
    createProgress(io, 'x').end();
    expect([lines, drawn]).toEqual([[], []]);
  });

  test('durations', () => {
    expect([900, 59_400, 61_000, 3_660_000].map(formatDuration)).toEqual([
      '1 s',
      '59 s',
      '1 min 01 s',
      '1 h 01 min',
    ]);
  });
});

describe('settings', () => {
  const kinds = { a: 'number', b: 'flag', c: 'numbers', d: 'json', e: 'text', f: 'scale' } as const;

  test('take the kind of their key', () => {
    const given = { a: '1.5', b: 'true', c: '1,2,3', d: '[[1,2]]', e: 'word', f: 'fit' };
    expect(parseSettings(given, kinds)).toEqual({
      a: 1.5,
      b: true,
      c: [1, 2, 3],
      d: [[1, 2]],
      e: 'word',
      f: 'fit',
    });
    expect(parseSettings({ f: '0.5' }, kinds)).toEqual({ f: 0.5 });
    expect(parseSettings(undefined, kinds)).toEqual({});
  });

  test.each([
    [{ a: '' }, 'a number for a'],
    [{ a: '1e' }, 'a number for a'],
    [{ b: 'yes' }, 'true or false for b'],
    [{ c: '1,x' }, 'a number for c'],
    [{ d: '[1' }, 'JSON for d'],
    [{ f: 'fill' }, 'a number from 0'],
    [{ g: '1' }, "no setting 'g'"],
    [{ toString: '1' }, "no setting 'toString'"],
  ])('%j is refused', (given, words) => {
    expect(() => parseSettings(given as Record<string, string>, kinds)).toThrow(words);
  });
});

describe('suggestions', () => {
  test('only names that are alike', () => {
    expect(didYouMean('--recogniser', ['--detector', '--recognizer'])).toBe('. Did you mean --recognizer?');
    expect(didYouMean('--zzzzzz', ['--detector', '--recognizer'])).toBe('');
    // the nearest, whatever the case, and up to three letters in ten of a long name
    expect(didYouMean('Recognise', ['recognize', 'recognizer'])).toBe('. Did you mean recognize?');
    expect(didYouMean('verif1cati0m', ['verification'])).toBe('. Did you mean verification?');
  });
});

describe('tables', () => {
  test('columns as wide as they must be, numbers to the right', () => {
    const rows = [
      ['name', 'n'],
      ['x', 5],
      ['longer', 12],
    ];
    expect(formatTable(rows)).toEqual(['name    n', 'x        5', 'longer  12']);
    expect(formatFacts({ a: 1, long: 'x' })).toEqual(['a     1', 'long  x']);
    expect(percent(0.98765)).toBe('98.77 %');
  });
});
