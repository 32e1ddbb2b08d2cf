import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { MetricsLog, readMetrics } from './metrics-log.ts';

const dir = mkdtempSync(join(tmpdir(), 'metrics-'));
afterAll(() => rmSync(dir, { recursive: true }));

test('a log that goes on forgets what came after its checkpoint, and half a line', () => {
  const path = join(dir, 'metrics.jsonl');
  const first = new MetricsLog(path, 0);
  for (let step = 1; step <= 4; step++) first.write({ step, loss: 1 / step });
  first.close();
  appendFileSync(path, '{"step":5,"lo');
  expect(readMetrics(path).map(({ step }) => step)).toEqual([1, 2, 3, 4]);

  const second = new MetricsLog(path, 2);
  second.write({ step: 3, loss: 0.1 });
  second.close();
  expect(readFileSync(path, 'utf8')).toBe(
    '{"step":1,"loss":1}\n{"step":2,"loss":0.5}\n{"step":3,"loss":0.1}\n',
  );
});

test('a new run begins an empty log', () => {
  const path = join(dir, 'fresh.jsonl');
  new MetricsLog(path, 0).close();
  expect(readMetrics(path)).toEqual([]);
});
