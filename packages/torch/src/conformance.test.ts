// Every operator case of golden/*.json: inputs, and what an independent engine made of them.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failureOf, type GoldenCase, runsHere } from './testing/golden.ts';

const dir = new URL('../golden/', import.meta.url);
const files = readdirSync(dir).filter((name) => name.endsWith('.json'));

it('has at least 300 cases', () => {
  const count = files.reduce(
    (sum, name) => sum + JSON.parse(readFileSync(new URL(name, dir), 'utf8')).length,
    0,
  );
  expect(count).toBeGreaterThanOrEqual(300);
});

describe.each(files)('%s', (name) => {
  const cases = JSON.parse(readFileSync(new URL(name, dir), 'utf8')) as GoldenCase[];
  it.each(cases.filter(runsHere).map((one, i) => [`${i}: ${one.n}`, one] as const))('%s', (_name, one) => {
    expect(failureOf(one)).toBeUndefined();
  });
});
