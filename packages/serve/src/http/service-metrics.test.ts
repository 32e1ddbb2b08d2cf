import { expect, test } from 'vitest';
import { ServiceMetrics } from './service-metrics.ts';

test('labels keep what they are given, escaped', async () => {
  const metrics = new ServiceMetrics();
  metrics.gaugeByDeployment('semblance_weight_percent', 'Share.', () => [['a "b" \\ c\nd', 100]]);
  expect(await metrics.registry.metrics()).toContain(
    'semblance_weight_percent{deployment="a \\"b\\" \\\\ c\\nd"} 100\n',
  );
});

test('a deployment that serves no longer is left out', async () => {
  const metrics = new ServiceMetrics();
  const weights = new Map([['old', 100]]);
  metrics.gaugeByDeployment('semblance_weight_percent', 'Share.', () => weights);
  expect(await metrics.registry.metrics()).toContain('{deployment="old"} 100');
  weights.delete('old');
  weights.set('new', 100);
  const text = await metrics.registry.metrics();
  expect(text).toContain('{deployment="new"} 100');
  expect(text).not.toContain('"old"');
});

test('services of one process count apart', async () => {
  const [first, second] = [new ServiceMetrics(), new ServiceMetrics()];
  first.faces.inc(2);
  expect(await first.registry.metrics()).toMatch(/^semblance_faces_total 2$/m);
  expect(await second.registry.metrics()).toMatch(/^semblance_faces_total 0$/m);
});
