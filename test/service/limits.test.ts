import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createFixture, type Fixture, photo, type Running, smallSettings } from './fixtures.ts';

// each service starts threads that load networks: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

const recognize = '/api/v1/recognition/recognize';
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture?.remove());

/** Many requests at once; how many of each status. */
async function flood(service: Running, count: number, picture: Uint8Array): Promise<Map<number, number>> {
  const replies = await Promise.all(
    Array.from({ length: count }, () => service.call('POST', recognize, picture)),
  );
  const counts = new Map<number, number>();
  for (const { status, headers, json } of replies) {
    counts.set(status, (counts.get(status) ?? 0) + 1);
    if (status === 503) expect([headers.get('retry-after'), json.error]).toEqual(['1', 'OVERLOADED']);
    if (status === 429)
      expect([Number(headers.get('retry-after')) >= 1, json.error]).toEqual([true, 'RATE_LIMITED']);
  }
  return counts;
}

describe('limits', () => {
  test('beyond so many at a time requests are sent away with 503, and those inside are answered', async () => {
    const limits = { maxBodyBytes: 2_000_000, maxInFlight: 4, maxInFlightPerKey: 4, perSecond: 0, burst: 1 };
    const service = await fixture.start({ limits });
    const counts = await flood(service, 40, await photo(['ada']));
    expect([...counts.keys()].sort()).toEqual([200, 503]);
    expect(counts.get(200)).toBeGreaterThanOrEqual(4);
    // nobody is left inside
    expect((await service.call('GET', '/metrics')).text).toMatch(/^semblance_requests_inside 0$/m);
    expect((await service.call('POST', recognize, await photo(['ada']))).status).toBe(200);
    await service.stop();
  });

  test('beyond so many a second a key gets 429, another one does not', async () => {
    const limits = {
      maxBodyBytes: 2_000_000,
      maxInFlight: 100,
      maxInFlightPerKey: 100,
      perSecond: 0.01,
      burst: 5,
    };
    const service = await fixture.start({ limits });
    const counts = await flood(service, 20, await photo(['ada']));
    expect(counts).toEqual(
      new Map([
        [200, 5],
        [429, 15],
      ]),
    );
    const { text } = await service.service.keys.create('read');
    const other = await service.call('POST', recognize, await photo(['ada']), { 'x-api-key': text });
    expect(other.status).toBe(200);
    await service.stop();
  });

  test('faces of different requests go through the recognizer together', async () => {
    const service = await fixture.start({ settings: { ...smallSettings, maxWaitMs: 100_000 } });
    const counts = await flood(service, 8, await photo(['ada']));
    expect(counts.get(200)).toBe(8);
    const { text } = await service.call('GET', '/metrics');
    expect(text).toMatch(/^semblance_batch_faces_count 1$/m);
    expect(text).toMatch(/^semblance_batch_faces_sum 8$/m);
    await service.stop();
  });

  test('a service that ends answers what has begun and takes nothing new', async () => {
    const service = await fixture.start();
    const picture = await photo(['ada']);
    const begun = Array.from({ length: 6 }, () => service.call('POST', recognize, picture));
    while (service.service.admission.numInside < 6) await new Promise(setImmediate);
    const ending = service.drain(30_000);
    const replies = await Promise.all(begun);
    expect(replies.map(({ status }) => status)).toEqual(new Array(6).fill(200));
    expect(await ending).toBe(true);
    await expect(service.call('GET', '/health/live')).rejects.toThrow();
  });
});
