import { Counter, Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { countsBy, quantileOf, summariesBy } from './metric-summary.ts';

test('a quantile lies within its bucket by its rank, and at the beginning of the one without an end', () => {
  const buckets = [
    [1, 10],
    [2, 30],
    [Infinity, 40],
  ] as const;
  expect([5, 10, 20, 30, 35].map((rank) => quantileOf(buckets, rank))).toEqual([0.5, 1, 1.5, 2, 2]);
  expect(quantileOf([], 1)).toBe(0);
});

test('counts are added up by a label, and times told by theirs', async () => {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({ name: 'requests', help: 'r', labelNames: ['status', 'route'], registers });
  requests.inc({ status: 200, route: 'a' }, 2);
  requests.inc({ status: 200, route: 'b' }, 3);
  requests.inc({ status: 503, route: 'a' });
  expect(await countsBy(registry, 'requests', 'status')).toEqual(
    new Map([
      ['200', 5],
      ['503', 1],
    ]),
  );
  expect(await countsBy(registry, 'nothing', 'status')).toEqual(new Map());
  const seconds = new Histogram({
    ...{ name: 'seconds', help: 's', labelNames: ['stage'], buckets: [0.1, 1], registers },
  });
  seconds.zero({ stage: 'search' });
  for (const value of [0.05, 0.05, 0.05, 0.5]) seconds.observe({ stage: 'detect' }, value);
  const found = await summariesBy(registry, 'seconds', 'stage');
  expect([...found.keys()]).toEqual(['detect']);
  const { count, meanMs, p50Ms, p95Ms } = found.get('detect')!;
  expect([count, Math.round(meanMs), Math.round(p50Ms), Math.round(p95Ms)]).toEqual([4, 163, 67, 820]);
});
