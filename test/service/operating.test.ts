import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createFixture, type Fixture, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000 });

let fixture: Fixture;
let service: Running;
beforeAll(async () => {
  fixture = await createFixture();
  service = await fixture.start({ drainDelayMs: 3000 });
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test('an answer carries the id of its request: its own, or a new one where that is none', async () => {
  for (const path of ['/health/live', '/nowhere', '/api/v1/recognition/subjects', '/v2/models/none']) {
    const given = await service.call('GET', path, undefined, { 'x-request-id': 'a1.b-2:3' });
    expect(given.headers.get('x-request-id'), path).toBe('a1.b-2:3');
    for (const wrong of ['', 'a b', 'x'.repeat(129)]) {
      const { headers } = await service.call('GET', path, undefined, { 'x-request-id': wrong });
      expect(headers.get('x-request-id'), path).toMatch(uuid);
    }
  }
});

test('with a delay, readiness is red at once and requests are still answered; then they are refused', async () => {
  const ended = service.drain(10_000);
  const statuses = () =>
    Promise.all(
      ['/health/ready', '/v2/health/ready', '/metrics'].map(
        async (path) => (await service.call('GET', path)).status,
      ),
    );
  expect(await statuses()).toEqual([503, 503, 200]);
  expect(await ended).toBe(true);
  await expect(service.call('GET', '/metrics')).rejects.toThrow();
});
