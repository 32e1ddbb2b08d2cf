import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
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

  test('a form whose type names no boundary, as axios of old sends one of the package form-data', async () => {
    const send = async (body: Uint8Array): Promise<[number, string]> => {
      const headers = { 'x-api-key': service.key, 'content-type': 'multipart/form-data' };
      const init = { method: 'POST', headers, body: body as Uint8Array<ArrayBuffer> };
      const reply = await fetch(`${service.url}${api}/recognize`, init);
      return [reply.status, ((await reply.json()) as { error?: string }).error ?? 'none'];
    };
    const head = '----368d6b\r\ncontent-disposition: form-data; name="file"; filename="example.jpg"\r\n\r\n';
    const form = Buffer.concat([Buffer.from(head), ada, Buffer.from('\r\n----368d6b--\r\n')]);
    expect(await send(form)).toEqual([200, 'none']);
    expect(await send(ada)).toEqual([400, 'REQUEST_INVALID']);
    expect(await send(form.subarray(0, 20))).toEqual([400, 'REQUEST_INVALID']);
    expect(await send(Buffer.alloc(0))).toEqual([400, 'REQUEST_INVALID']);
  });

  test('a second question mark before a parameter', async () => {
    const query = '?subject=a?b&limit=0?status=true';
    const enrolled = await service.call('POST', `${api}/faces?subject=who?det_prob_threshold=0.5`, ada);
    expect([enrolled.status, enrolled.json.subject]).toEqual([201, 'who']);
    expect((await service.call('DELETE', `${api}/faces?subject=who`)).json).toEqual({ deleted: 1 });
    const other = await service.call('POST', `${api}/faces${query}`, ada);
    expect(other.json.subject).toBe('a?b');
    expect((await service.call('DELETE', `${api}/subjects/${encodeURIComponent('a?b')}`)).status).toBe(200);
  });

  test('bodies of a wrong type, and requests of any type without one', async () => {
    await service.call('POST', `${api}/subjects`, { subject: 'eve' });
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const wrong = await service.call('POST', `${api}/subjects`, '{"subject":"x"}', type);
    expect([wrong.status, wrong.json.error]).toEqual([415, 'REQUEST_TYPE']);
    expect(wrong.json.message).toBe(
      'expected application/json but received application/x-www-form-urlencoded',
    );
    const picture = await service.call('POST', `${api}/recognize`, 'abc', { 'content-type': 'image/jpeg' });
    expect(picture.json.message).toMatch(
      /^expected multipart\/form-data, or JSON .* but received image\/jpeg$/,
    );
    expect((await service.call('DELETE', `${api}/subjects/eve`, undefined, type)).status).toBe(200);
  });
});

describe('pictures that are sent wrongly are told so', () => {
  const sent = async (form: FormData | object): Promise<[number, string, string]> => {
    const { status, json: answer } = await service.call('POST', `${api}/recognize`, form);
    return [status, answer.error, answer.message];
  };
  const blob = (bytes: Uint8Array): Blob => new Blob([bytes as Uint8Array<ArrayBuffer>]);

  test('a path in the place of its file', async () => {
    const form = new FormData();
    form.append('file', 'photo.jpg');
    const said =
      "the part file is the text 'photo.jpg' and no picture; with curl, send a file as -F file=@photo.jpg";
    expect(await sent(form)).toEqual([415, 'IMAGE_NOT_AN_IMAGE', said]);
  });

  test('another name, with what there is instead', async () => {
    const form = new FormData();
    form.append('image', blob(ada), 'a.png');
    form.append('note', 'x');
    const said = 'the request has no part file; it has image, note';
    expect(await sent(form)).toEqual([400, 'REQUEST_PART_MISSING', said]);
    const inJson = 'the request has no part file; it has image';
    expect(await sent({ image: base64(ada) })).toEqual([400, 'REQUEST_PART_MISSING', inJson]);
  });

  test('two of one name', async () => {
    const form = new FormData();
    for (const name of ['a.png', 'b.png']) form.append('file', blob(ada), name);
    expect(await sent(form)).toEqual([400, 'REQUEST_INVALID', 'the form has two parts file']);
  });

  test('HEIC is read by its content, and a damaged one is called what it is', async () => {
    const heic = await readFile(new URL('../photos/files/rgb.heic', import.meta.url));
    const form = new FormData();
    form.append('file', blob(heic), 'photo.jpg');
    expect((await service.call('POST', '/api/v1/detection/detect', form)).json).toEqual({ result: [] });
    const half = new FormData();
    half.append('file', blob(heic.subarray(0, heic.length / 2)), 'photo.heic');
    expect((await sent(half)).slice(0, 2)).toEqual([400, 'IMAGE_UNREADABLE']);
  });
});

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
