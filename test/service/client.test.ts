import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Client, createClient, type paths, ServiceError } from '@semblance/client';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { createFixture, type Fixture, people, photo, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 60_000 });

let fixture: Fixture;
let service: Running;
let client: Client;
beforeAll(async () => {
  fixture = await createFixture();
  service = await fixture.start();
  client = createClient({ baseUrl: service.url, apiKey: service.key });
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

const picture = async (...names: string[]) => new Uint8Array(await photo(names, 3));

describe('a client', () => {
  test('enrols, recognizes, compares and removes', async () => {
    for (const name of Object.keys(people)) {
      const stored = await client.addFace(name, await picture(name));
      expect(stored).toEqual({ subject: name, image_id: expect.any(String) });
    }
    expect(await client.listSubjects()).toEqual(['ada', 'bob', 'eve']);
    // from a Blob as well as from bytes
    const faces = await client.recognize(new Blob([await picture('bob')]), { face_plugins: 'calculator' });
    expect(faces.map(({ subjects }) => subjects[0]?.subject)).toEqual(['bob']);
    expect(faces[0]!.embedding!.length).toBeGreaterThan(0);
    expect(await client.detect(await picture('ada', 'eve'))).toHaveLength(2);
    const [compared] = await client.verify(await picture('ada'), await picture('ada'));
    expect(compared!.face_matches[0]!.similarity).toBeCloseTo(1, 4);
    await client.deleteSubject('eve');
    expect(await client.listSubjects()).toEqual(['ada', 'bob']);
  });

  test('throws what the service says, with its code and the request’s id', async () => {
    const failed = await client.recognize(new Blob(['no picture'])).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ServiceError);
    expect(failed).toMatchObject({ status: 415, code: 'IMAGE_NOT_AN_IMAGE', requestId: expect.any(String) });
    const stranger = createClient({ baseUrl: service.url });
    await expect(stranger.listSubjects()).rejects.toMatchObject({ code: 'KEY_MISSING' });
    const noModel = await client.http.GET('/v2/models/{model}', { params: { path: { model: 'none' } } });
    expect(noModel.error).toEqual({ error: expect.stringContaining('none') });
  });

  test('has an operation by its path, whose types are those of the document', async () => {
    const { data, error } = await client.http.GET('/api/v1/recognition/faces', {
      params: { query: { size: 1 } },
    });
    // @ts-expect-error a code that this route has not
    if (error) void (error.error === 'NO_SUCH_CODE');
    if (error) expectTypeOf(error.message).toBeString();
    expectTypeOf(data!.faces[0]!).toEqualTypeOf<{ image_id: string; subject: string }>();
    expect(data!.faces).toHaveLength(1);
    // @ts-expect-error a parameter that there is not
    void (() => client.http.GET('/api/v1/recognition/faces', { params: { query: { sise: 1 } } }));
    // @ts-expect-error a route that there is not
    void (() => client.http.GET('/api/v1/recognition/faecs'));
  });
});

/** For every operation with errors: its path where the type of what can go wrong is `never`. */
type Untyped = {
  [Path in keyof paths]: {
    [Method in keyof paths[Path]]: paths[Path][Method] extends { responses: infer Answers }
      ? Answers extends { 500: { content: { 'application/json': infer Failure } } }
        ? [Failure] extends [never]
          ? Path
          : never
        : Path
      : never;
  }[keyof paths[Path]];
}[keyof paths];

test('no operation’s error is untyped', () => {
  expectTypeOf<Exclude<Untyped, undefined>>().toBeNever();
});

describe('a service that has no place now', () => {
  const answering = async (statuses: number[], retryAfter = '0') => {
    let asked = 0;
    const bodies: number[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      bodies.push(Buffer.concat(chunks).length);
      const status = statuses[asked++] ?? 200;
      response.writeHead(status, { 'content-type': 'application/json', 'retry-after': retryAfter });
      response.end(
        JSON.stringify(
          status === 200 ? { subjects: [], result: [] } : { error: 'OVERLOADED', code: 0, message: 'full' },
        ),
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { url, bodies, asked: () => asked, close: () => void server.close() };
  };

  test('is asked again with the same picture, and no more often than said', async () => {
    const busy = await answering([503, 429]);
    const patient = createClient({ baseUrl: busy.url });
    expect(await patient.recognize(new Blob(['x'.repeat(1000)]))).toEqual([]);
    expect(busy.asked()).toBe(3);
    expect(busy.bodies.every((bytes) => bytes > 1000)).toBe(true);
    busy.close();

    const full = await answering([503, 503, 503]);
    const hasty = createClient({ baseUrl: full.url, retries: 1 });
    await expect(hasty.listSubjects()).rejects.toMatchObject({ status: 503, code: 'OVERLOADED' });
    expect(full.asked()).toBe(2);
    full.close();
  });

  test('is not waited for by somebody who has gone', async () => {
    const busy = await answering([503], '30');
    const { http } = createClient({ baseUrl: busy.url });
    const gone = new AbortController();
    const asked = http.GET('/api/v1/recognition/subjects', { signal: gone.signal });
    while (busy.asked() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    gone.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    busy.close();
  });

  test('may be a proxy that says something else', async () => {
    const page = async () => new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' });
    const behind = createClient({ baseUrl: 'http://127.0.0.1:1', fetch: page });
    await expect(behind.listSubjects()).rejects.toMatchObject({ status: 502, code: 'UNKNOWN' });
  });
});
