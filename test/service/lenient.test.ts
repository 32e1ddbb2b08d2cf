import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

// each service starts threads that load networks: on a busy machine that takes its time
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const api = '/api/v1/recognition';
let fixture: Fixture;
let service: Running;
let gallery: string;
let ada: Uint8Array;
beforeAll(async () => {
  fixture = await createFixture();
  gallery = await fixture.newGallery();
  const { detector, recognizer } = fixture;
  service = await fixture.start({ start: { name: 'start', detector, recognizer, gallery } });
  ada = await photo(['ada']);
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

const json = { 'content-type': 'application/json' };
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

describe('requests as clients of CompreFace write them', () => {
  test('a type without a body, a slash at the end, Python’s True, empty parameters', async () => {
    await service.call('POST', `${api}/subjects`, { subject: 'eve' });
    const removed = await service.call('DELETE', `${api}/subjects/eve`, undefined, json);
    expect([removed.status, removed.json]).toEqual([200, { subject: 'eve' }]);
    const missing = await service.call('POST', `${api}/subjects`, undefined, json);
    expect([missing.status, missing.json.error]).toEqual([400, 'REQUEST_INVALID']);
    expect((await service.call('GET', `${api}/subjects/`)).json).toEqual({ subjects: [] });
    for (const status of ['True', '1', 'true']) {
      const query = `?limit=&det_prob_threshold=&face_plugins=&status=${status}`;
      const { json: answer } = await service.call('POST', `${api}/recognize${query}`, ada);
      expect(answer.plugins_versions).toBeDefined();
    }
    const wrong = await service.call('POST', `${api}/recognize?status=perhaps`, ada);
    expect([wrong.status, wrong.json.error]).toEqual([400, 'REQUEST_INVALID']);
  });

  test('pictures in either base64, under data addresses of any spelling, and parts without a file name', async () => {
    // of 24 bits that are 62 and 63 in base64, so that the two alphabets differ
    const trailed = Buffer.concat([ada, Buffer.from([0xfb, 0xef, 0xff, 0xfb, 0xef, 0xff, 0xfb, 0xef, 0xff])]);
    const urlSafe = trailed.toString('base64url');
    expect(urlSafe).toMatch(/[-_]/);
    const texts = [
      base64(ada),
      urlSafe,
      `DATA:Image/PNG;BASE64,${base64(ada)}`,
      `data:image/png;charset=utf-8;name=a.png;base64,${base64(ada)}`,
      `data:image/svg+xml-x.y;base64,${base64(ada)}`,
    ];
    for (const file of texts) {
      const { status, json: answer } = await service.call('POST', `${api}/recognize`, { file });
      expect([status, answer.result?.length]).toEqual([200, 1]);
    }
    const part = (type: string, content: Uint8Array): Buffer =>
      Buffer.concat([
        Buffer.from(`--b\r\ncontent-disposition: form-data; name="file"\r\n${type}\r\n`),
        content,
        Buffer.from('\r\n--b--\r\n'),
      ]);
    const send = async (type: string, content: Uint8Array): Promise<[number, string]> => {
      const reply = await fetch(`${service.url}${api}/recognize`, {
        method: 'POST',
        headers: { 'x-api-key': service.key, 'content-type': 'multipart/form-data; boundary=b' },
        body: part(type, content) as Uint8Array<ArrayBuffer>,
      });
      return [reply.status, ((await reply.json()) as { error?: string }).error ?? 'none'];
    };
    expect(await send('content-type: image/png\r\n', ada)).toEqual([200, 'none']);
    expect(await send('', ada)).toEqual([200, 'none']);
    expect(await send('', Buffer.from('x'))).toEqual([415, 'IMAGE_NOT_AN_IMAGE']);
  });

  test('of a limit the biggest faces are taken', async () => {
    const two = await photo(['ada', 'bob']);
    const { json: all } = await service.call('POST', '/api/v1/detection/detect', two);
    const areas: number[] = all.result.map(areaOf);
    expect(areas.length).toBe(2);
    const { json: one } = await service.call('POST', '/api/v1/detection/detect?limit=1', two);
    expect(one.result.map(areaOf)).toEqual([Math.max(...areas)]);
    const { json: known } = await service.call('POST', `${api}/recognize?limit=1`, two);
    expect(known.result.map(areaOf)).toEqual([Math.max(...areas)]);
  });
});

const areaOf = ({ box }: { box: Record<string, number> }): number =>
  (box.x_max! - box.x_min!) * (box.y_max! - box.y_min!);

test('a form that comes in chunks, without a length, is cut off at the limit whatever its parts are', async () => {
  const send = (numParts: number, partBytes: number): Promise<{ status: number; sent: number }> =>
    new Promise((resolve, reject) => {
      let sent = 0;
      const { port } = new URL(service.url);
      const headers = { 'x-api-key': service.key, 'content-type': 'multipart/form-data; boundary=b' };
      const call = request({ port, method: 'POST', path: `${api}/recognize`, headers }, (reply) => {
        reply.resume();
        resolve({ status: reply.statusCode!, sent });
        call.destroy();
      });
      call.on('error', reject);
      const block = randomBytes(100_000).toString('latin1').replaceAll('\r', 'x');
      void (async () => {
        for (let part = 0; part < numParts && !call.destroyed; part++) {
          call.write(`--b\r\ncontent-disposition: form-data; name="p${part}"; filename="a"\r\n\r\n`);
          for (let size = 0; size < partBytes && !call.destroyed; size += block.length) {
            sent += block.length;
            if (!call.write(block, 'latin1')) await new Promise((next) => setTimeout(next, 5));
          }
          call.write('\r\n');
        }
        if (!call.destroyed) call.end('--b--\r\n');
      })();
    });
  // three parts of 1.5 MB each, at a limit of 2 MB
  expect((await send(3, 1_500_000)).status).toBe(413);
  expect((await send(1, 500_000)).status).toBe(400); // no part named file, and small enough
});

describe('who is known', () => {
  test('a gallery is served by one service at a time, and the second is told', async () => {
    const { detector, recognizer } = fixture;
    const second = fixture.start({ start: { name: 'start', detector, recognizer, gallery } });
    const message = expect.stringContaining(`in use by a service (process ${process.pid} on `);
    await expect(second).rejects.toMatchObject({ code: 'GALLERY_BUSY', message });
  });

  test('a subject joined by renaming is gone once it is deleted', async () => {
    await service.call('POST', `${api}/subjects`, { subject: 'Ada' });
    expect((await service.call('POST', `${api}/faces?subject=ada`, ada)).status).toBe(201);
    expect((await service.call('PUT', `${api}/subjects/ada`, { subject: 'Ada' })).status).toBe(200);
    expect((await service.call('DELETE', `${api}/subjects/Ada`)).status).toBe(200);
    expect((await service.call('GET', `${api}/subjects`)).json).toEqual({ subjects: [] });
  });
});
