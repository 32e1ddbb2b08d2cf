import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchRanks } from '../launch-ranks.ts';
import { type Trace, tracesOf } from '../testing/rank-losses.ts';

const folder = mkdtempSync(join(tmpdir(), 'rank-losses-'));
const alone = tracesOf();
let onTwo: Record<string, Trace>;

beforeAll(async () => {
  const out = join(folder, 'traces.json');
  const script = new URL('../testing/rank-losses.ts', import.meta.url).pathname;
  expect(await launchRanks({ nproc: 2, script, args: [out] })).toBe(0);
  onTwo = JSON.parse(readFileSync(out, 'utf8'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

test.each(Object.keys(alone))('%s: two ranks do what one process does', (name) => {
  const [expected, found] = [alone[name]!, onTwo[name]!];
  const isNear = (a: number, b: number) => Math.abs(a - b) <= 5e-5 + 2e-6 * Math.abs(b);
  for (const [step, loss] of expected.losses.entries())
    expect(found.losses[step]).toSatisfy((value: number) => isNear(value, loss));
  expect(Object.keys(found.state)).toEqual(Object.keys(expected.state));
  for (const [key, values] of Object.entries(expected.state)) {
    const others = values.flatMap((value, i) =>
      isNear(found.state[key]![i]!, value) ? [] : [[i, found.state[key]![i], value]],
    );
    expect(others, key).toEqual([]);
  }
});
