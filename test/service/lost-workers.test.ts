import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { channelWorkers } from './channel-workers.ts';
import { createFixture, type Fixture, photo, type Running, smallSettings } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000 });

const recognize = '/api/v1/recognition/recognize';
let fixture: Fixture;
let service: Running;
let picture: Uint8Array;
beforeAll(async () => {
  fixture = await createFixture();
  picture = await photo(['ada']);
});
beforeEach(async () => {
  service = await fixture.start();
  return () => service.stop();
});
afterAll(() => fixture?.remove());

describe('a worker of the service', () => {
  test('pictures and networks are in processes of their own', () => {
    expect(channelWorkers()).toHaveLength(2);
  });

  test('killed within a request, has it done by the one that replaces it', async () => {
    const answer = await service.call('POST', recognize, picture);
    for (const pid of channelWorkers()) {
      process.kill(pid, 'SIGSTOP'); // so that it has the request when it is killed
      const call = service.call('POST', recognize, picture);
      await sleep(200);
      process.kill(pid, 'SIGKILL');
      const { status, json } = await call;
      expect([status, json.result?.[0].box]).toEqual([200, answer.json.result[0].box]);
    }
    expect(channelWorkers()).toHaveLength(2);
  });

  test('lost a second time within a request, fails it with a code; the next request is answered', async () => {
    const before = new Set(channelWorkers());
    const two = await fixture.start({ settings: { ...smallSettings, pictureWorkers: 2 } });
    const own = channelWorkers().filter((pid) => !before.has(pid));
    const [, first, second] = own;
    for (const pid of [first!, second!]) process.kill(pid, 'SIGSTOP');
    const call = two.call('POST', recognize, picture);
    await vi.waitFor(() => expect(two.service.admission.numInside).toBe(1), { timeout: 30_000 });
    await sleep(200);
    process.kill(first!, 'SIGKILL');
    // where its replacement is being started the other one has the request
    await vi.waitFor(
      () => expect(channelWorkers().some((pid) => !before.has(pid) && !own.includes(pid))).toBe(true),
      {
        timeout: 30_000,
      },
    );
    process.kill(second!, 'SIGKILL');
    const { status, json, headers } = await call;
    expect([status, json.error]).toEqual([503, 'WORKER_LOST']);
    expect(headers.get('retry-after')).toBe('1');
    expect((await two.call('POST', recognize, picture)).status).toBe(200);
    await two.stop();
  });

  test('killed again and again under load, it costs the requests it had and no others', async () => {
    const counts = { 200: 0, 503: 0 } as Record<number, number>;
    let isOver = false;
    const client = async () => {
      while (!isOver) {
        const { status } = await service.call('POST', recognize, picture);
        counts[status] = (counts[status] ?? 0) + 1;
      }
    };
    const clients = Array.from({ length: 4 }, client);
    for (let kill = 0; kill < 10; kill++) {
      await sleep(50 + 37 * kill);
      await vi.waitFor(() => expect(channelWorkers()).toHaveLength(2), { timeout: 30_000, interval: 20 });
      process.kill(channelWorkers()[kill % 2]!, 'SIGKILL');
    }
    await vi.waitFor(() => expect(channelWorkers()).toHaveLength(2), { timeout: 30_000 });
    isOver = true;
    await Promise.all(clients);
    expect(Object.keys(counts)).toEqual(['200', '503']);
    // two calls at most wait in a worker of pictures, one batch in the other
    expect(counts[503]).toBeLessThanOrEqual(10 * 4);
    expect((await service.call('POST', recognize, picture)).status).toBe(200);
  });

  test('that takes too long for a picture is stopped and says so', async () => {
    const short = await fixture.start({ settings: { ...smallSettings, maxWorkMs: 300 } });
    const own = channelWorkers().slice(-1)[0]!;
    process.kill(own, 'SIGSTOP');
    const { status, json } = await short.call('POST', recognize, picture);
    expect([status, json.error]).toEqual([422, 'REQUEST_TOO_COSTLY']);
    expect(json.message).toContain('smaller picture');
    await vi.waitFor(async () => expect((await short.call('POST', recognize, picture)).status).toBe(200), {
      timeout: 30_000,
    });
    await short.stop();
  });
});
