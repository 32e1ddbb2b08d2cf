import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashBytes } from '@semblance/core/files';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, breaking, bytes, type FileServer, serveFiles } from '../../testing/file-server.ts';
import { download } from './download.ts';
import { openHttp } from './http.ts';

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 251);
const sha256 = hashBytes(content);

let dir = '';
let server: FileServer | null = null;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'download-'));
});
afterEach(async () => {
  await server?.close();
  server = null;
  await rm(dir, { recursive: true });
});

interface Given {
  sizeBytes?: number;
  idleMs?: number;
  env?: Record<string, string>;
  url?: string;
}

/** Downloads `/f` of a server that answers so; gives what lies in the folder afterwards. */
async function fetchFrom(answers: Record<string, Answer>, given: Given = {}): Promise<string[]> {
  server ??= await serveFiles(answers);
  const http = await openHttp(given.env ?? {}, given.idleMs ?? 5000);
  const { sizeBytes } = given;
  try {
    await download({
      url: given.url ?? `${server.url}/f`,
      path: join(dir, 'f'),
      sha256,
      sizeBytes,
      fetch: http.fetch,
      retryMs: 1,
    });
  } finally {
    await http.close();
  }
  return (await readdir(dir)).sort();
}
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('download', () => {
  test('a file, whole, under its name', async () => {
    expect(await fetchFrom({ '/f': bytes(content) })).toEqual(['f']);
    expect(new Uint8Array(await readFile(join(dir, 'f')))).toEqual(content);
    expect(server!.requests).toEqual(['GET /f']);
  });

  test('what breaks off in the middle is resumed, byte for byte', async () => {
    expect(await fetchFrom({ '/f': breaking(content, 100_000) }, { sizeBytes: content.length })).toEqual([
      'f',
    ]);
    expect(new Uint8Array(await readFile(join(dir, 'f')))).toEqual(content);
    expect(server!.requests[0]).toBe('GET /f');
    expect(server!.requests.length).toBeGreaterThanOrEqual(3);
    for (const later of server!.requests.slice(1)) expect(later).toMatch(/^GET \/f bytes=[1-9]\d*-$/);
  });

  test('a later call resumes what an earlier one left', async () => {
    await writeFile(join(dir, 'f.part'), content.subarray(0, 200_000));
    await fetchFrom({ '/f': bytes(content) });
    expect(server!.requests).toEqual(['GET /f bytes=200000-']);
  });

  test('what was whole already is not fetched again', async () => {
    await writeFile(join(dir, 'f.part'), content);
    expect(await fetchFrom({ '/f': bytes(content) })).toEqual(['f']);
    expect(server!.requests).toEqual(['GET /f bytes=300000-']);
  });

  test('a part of another file is thrown away and the file fetched from its beginning', async () => {
    await writeFile(join(dir, 'f.part'), new Uint8Array(1000));
    expect(await fetchFrom({ '/f': bytes(content) })).toEqual(['f']);
    await rm(join(dir, 'f'));
    await writeFile(join(dir, 'f.part'), new Uint8Array(400_000));
    expect(await fetchFrom({}, { sizeBytes: content.length })).toEqual(['f']);
  });

  test('a server that knows no ranges is read from the beginning', async () => {
    await writeFile(join(dir, 'f.part'), content.subarray(0, 200_000));
    const whole: Answer = (_, response) => response.writeHead(200).end(content);
    expect(await fetchFrom({ '/f': whole })).toEqual(['f']);
  });

  test('a server that gives another range than was asked for is not believed', async () => {
    await writeFile(join(dir, 'f.part'), content.subarray(0, 1000));
    const wrong: Answer = (request, response, n) =>
      n > 0
        ? bytes(content)(request, response, n)
        : response.writeHead(206, { 'content-range': 'bytes 0-299999/300000' }).end(content);
    expect(await fetchFrom({ '/f': wrong })).toEqual(['f']);
    expect(server!.requests).toEqual(['GET /f bytes=1000-', 'GET /f']);
  });

  test('redirects are followed', async () => {
    const to =
      (place: string): Answer =>
      (_, response) =>
        response.writeHead(302, { location: place }).end();
    await fetchFrom({ '/f': to('/elsewhere'), '/elsewhere': to('/there'), '/there': bytes(content) });
    expect(server!.requests).toEqual(['GET /f', 'GET /elsewhere', 'GET /there']);
  });

  test('a circle of redirects ends', async () => {
    const round: Answer = (_, response) => response.writeHead(302, { location: '/f' }).end();
    await expect(fetchFrom({ '/f': round })).rejects.toEqual(code('DOWNLOAD_FAILED'));
  });

  test.each([404, 403, 410])('%i is told at once', async (status) => {
    const no: Answer = (_, response) => response.writeHead(status).end();
    await expect(fetchFrom({ '/f': no })).rejects.toThrow(`the server answered ${status}`);
    expect(server!.requests.length).toBe(1);
    expect(await readdir(dir)).toEqual([]);
  });

  test.each([500, 503, 429])('%i is tried again', async (status) => {
    const first: Answer = (request, response, n) =>
      n < 2 ? response.writeHead(status).end() : bytes(content)(request, response, n);
    expect(await fetchFrom({ '/f': first })).toEqual(['f']);
    expect(server!.requests.length).toBe(3);
  });

  test('but not for ever', async () => {
    const never: Answer = (_, response) => response.writeHead(500).end();
    await expect(fetchFrom({ '/f': never })).rejects.toEqual(code('DOWNLOAD_FAILED'));
    expect(server!.requests.length).toBe(4);
  });

  test('what never goes beyond one place is given up, and kept', async () => {
    const stuck: Answer = (request, response) =>
      request.headers.range ? response.destroy() : breaking(content, 1000)(request, response, 0);
    await expect(fetchFrom({ '/f': stuck })).rejects.toEqual(code('DOWNLOAD_FAILED'));
    expect(new Uint8Array(await readFile(join(dir, 'f.part')))).toEqual(content.subarray(0, 1000));
  });

  test('another content of the same length is refused, and nothing of it stays', async () => {
    const other = Uint8Array.from(content, (value) => value ^ 1);
    await expect(fetchFrom({ '/f': bytes(other) })).rejects.toEqual(code('DOWNLOAD_WRONG_CONTENT'));
    expect(await readdir(dir)).toEqual([]);
  });

  test('a page that asks for a login is called one', async () => {
    const page = bytes(new TextEncoder().encode('<html>Welcome to our network'), 'text/html');
    await expect(fetchFrom({ '/f': page })).rejects.toThrow('a network that asks for a login?');
  });

  test('a length that is too short is not the end where the size is known', async () => {
    const short: Answer = (request, response, n) =>
      n === 0
        ? response.writeHead(200, { 'content-length': 1000 }).end(content.subarray(0, 1000))
        : bytes(content)(request, response, n);
    expect(await fetchFrom({ '/f': short }, { sizeBytes: content.length })).toEqual(['f']);
    expect(server!.requests).toEqual(['GET /f', 'GET /f bytes=1000-']);
  });

  test('more than the file has is refused before it fills the disk', async () => {
    const endless: Answer = async (_, response) => {
      response.writeHead(200);
      for (let sent = 0; sent < 1000 && !response.destroyed; sent++) {
        response.write(content);
        await new Promise(setImmediate);
      }
      response.end();
    };
    await expect(fetchFrom({ '/f': endless }, { sizeBytes: content.length })).rejects.toThrow(
      'sent more than the 300000 bytes',
    );
    expect(await readdir(dir)).toEqual([]);
  });

  test('a server that falls silent is given up', async () => {
    const silent: Answer = (_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 1000));
    };
    await expect(fetchFrom({ '/f': silent }, { idleMs: 100 })).rejects.toEqual(code('DOWNLOAD_FAILED'));
  }, 30_000);

  test('a slow one is waited for', async () => {
    const slow: Answer = async (_, response) => {
      response.writeHead(200);
      for (let at = 0; at < content.length; at += 30_000) {
        response.write(content.subarray(at, at + 30_000));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      response.end();
    };
    expect(await fetchFrom({ '/f': slow }, { idleMs: 2000 })).toEqual(['f']);
  });

  test('nobody there', async () => {
    await expect(fetchFrom({}, { url: 'http://127.0.0.1:1/f' })).rejects.toEqual(code('DOWNLOAD_FAILED'));
  });
});

describe('proxies', () => {
  let proxy: Server;
  let proxyUrl = '';
  const asked: string[] = [];
  beforeEach(async () => {
    asked.length = 0;
    // the CONNECT method, and no more
    proxy = createServer((socket) => {
      socket.once('data', (head) => {
        const [, host, port] = /^CONNECT ([^:]+):(\d+) /.exec(head.toString()) ?? [];
        asked.push(`${host}:${port}`);
        const onward = connect(Number(port), '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
          socket.pipe(onward).pipe(socket);
        });
        for (const end of [socket, onward]) end.on('error', () => {});
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    proxyUrl = `http://127.0.0.1:${(proxy.address() as { port: number }).port}`;
  });
  afterEach(() => new Promise((resolve) => proxy.close(resolve)));

  test('HTTP_PROXY is gone through', async () => {
    server = await serveFiles({ '/f': bytes(content) });
    const url = `${server.url.replace('127.0.0.1', 'models.example')}/f`;
    await fetchFrom({}, { env: { HTTP_PROXY: proxyUrl }, url });
    expect(asked).toEqual([url.slice('http://'.length, -'/f'.length)]);
  });

  test('NO_PROXY is not', async () => {
    await fetchFrom({ '/f': bytes(content) }, { env: { HTTP_PROXY: proxyUrl, NO_PROXY: '127.0.0.1' } });
    expect(asked).toEqual([]);
  });
});
