import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createFixture, type Fixture, photo, type Running, smallSettings } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000 });

const recognize = '/api/v1/recognition/recognize';
const limits = { maxBodyBytes: 2_000_000, maxInFlight: 8, maxInFlightPerKey: 4, perSecond: 0, burst: 1 };
let fixture: Fixture;
let service: Running;
let otherKey: string;
let picture: Uint8Array;
beforeAll(async () => {
  fixture = await createFixture();
  service = await fixture.start({ limits });
  otherKey = (await service.service.keys.create('read')).text;
  picture = await photo(['ada']);
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

const recognized = async (key: string): Promise<number> =>
  (await service.call('POST', recognize, picture, { 'x-api-key': key })).status;

/** A request whose body has begun and does not go on. */
async function slowBody(key: string): Promise<Socket> {
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(
    `POST ${recognize} HTTP/1.1\r\nhost: x\r\nx-api-key: ${key}\r\ncontent-type: multipart/form-data; boundary=b\r\n` +
      'content-length: 100000\r\n\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n\x89PNG',
  );
  await sleep(5);
  return socket;
}

describe('places', () => {
  test('one key takes no more than its own, and another key is served beside it', async () => {
    const flood = Array.from({ length: 40 }, () => recognized(service.key));
    const others: number[] = [];
    for (let i = 0; i < 5; i++) others.push(await recognized(otherKey));
    expect(others).toEqual(new Array(5).fill(200));
    const statuses = await Promise.all(flood);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
  });

  test('bodies that come slowly take no place where the work is done', async () => {
    const sockets = [];
    for (let i = 0; i < 64; i++) sockets.push(await slowBody(service.key));
    expect(await recognized(otherKey)).toBe(200);
    expect(service.service.admission.numInside).toBe(0);
    // what is more than the key may have arriving was sent away
    expect(service.service.arriving.numInside).toBeLessThanOrEqual(2 * limits.maxInFlightPerKey);
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(() => expect(service.service.arriving.numInside).toBe(0));
    expect(await recognized(service.key)).toBe(200);
  });

  test('a client that leaves gives its place back, and its picture is not waited for', async () => {
    const gone = Array.from({ length: 4 }, () => {
      const abort = new AbortController();
      const call = fetch(service.url + recognize, {
        method: 'POST',
        headers: { 'x-api-key': service.key, 'content-type': 'application/json' },
        body: JSON.stringify({ file: Buffer.from(picture).toString('base64') }),
        signal: abort.signal,
      }).catch(() => {});
      return { abort, call };
    });
    await sleep(20);
    for (const { abort } of gone) abort.abort();
    await Promise.all(gone.map(({ call }) => call));
    await vi.waitFor(() => expect(service.service.admission.numInside).toBe(0));
    expect(await recognized(service.key)).toBe(200);
  });
});

describe('faces', () => {
  test('of more than a picture may have the best-scored are given', async () => {
    const few = await fixture.start({ settings: { ...smallSettings, maxFaces: 2 } });
    const crowd = await photo(['ada', 'bob', 'eve']);
    const all = await service.call('POST', '/api/v1/detection/detect', crowd);
    expect(all.json.result).toHaveLength(3);
    for (const path of ['/api/v1/detection/detect', recognize]) {
      expect((await few.call('POST', path, crowd)).json.result).toHaveLength(2);
    }
    await few.stop();
  });
});
