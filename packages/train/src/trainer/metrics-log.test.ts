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

test('figures that are not finite are kept, and the lines behind them', () => {
  const path = join(dir, 'odd.jsonl');
  const log = new MetricsLog(path, 0);
  log.write({ step: 1, loss: Number.NaN, lr: 1 });
  log.write({ step: 2, loss: Infinity });
  log.close();
  appendFileSync(path, '{"step": 3, "loss": -Infinity}\n');
  new MetricsLog(path, 3).close();
  expect(readFileSync(path, 'utf8')).toBe(
    '{"step":1,"loss":"NaN","lr":1}\n{"step":2,"loss":"Infinity"}\n{"step":3,"loss":"-Infinity"}\n',
  );
  expect(readMetrics(path).map(({ loss }) => loss)).toEqual([Number.NaN, Infinity, -Infinity]);
});
