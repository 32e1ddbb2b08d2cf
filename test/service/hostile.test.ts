import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { photo } from './fixtures.ts';
import { hostileLoad } from './hostile/load.ts';
import { startTarget, type Target } from './hostile/target.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

let target: Target;
beforeAll(async () => {
  target = await startTarget({ compat: 'none' });
});
afterAll(() => target?.[Symbol.asyncDispose]());

// ten minutes of it, and how long answers take: bench/hostile.ts
test('beside attackers, and while what reads pictures is killed, a client is answered as ever', async () => {
  const pictures = await Promise.all([photo(['ada']), photo(['ada', 'bob'], 3), photo(['eve'], 5)]);
  const { quiet, hostile, numKilled, attackers } = await hostileLoad(target, {
    ...{ pictures, quietMs: 500, hostileMs: 8000, kills: 3 },
  });
  expect([...quiet.wrong, ...hostile.wrong]).toEqual([]);
  expect(hostile.latenciesMs.length).toBeGreaterThan(0);
  expect([numKilled, target.isAlive]).toEqual([3, true]);

  /** What an attack was answered with; one that is still at it when all ends may have no answer. */
  const answers = (name: string): string[] => Object.keys(attackers[name] ?? {});
  const may: Record<string, string[]> = {
    'every box a face': ['200', '503'],
    '15 MB of JSON': ['413', '503', 'cut off'],
    'a strip of 49 million pixels': ['413', '503'],
    bombs: ['413', '503', 'cut off'],
    'the largest picture': ['413', '503', 'cut off'],
    'broken pictures': ['200', '400', '413', '415', '503'],
    'keys that are guessed': ['401'],
    'gone in the middle': ['0'],
    'bodies that do not end': ['0'],
  };
  expect(Object.keys(may)).toEqual(expect.arrayContaining(Object.keys(attackers)));
  for (const [name, statuses] of Object.entries(may)) {
    expect(statuses, name).toEqual(expect.arrayContaining(answers(name)));
  }
});
