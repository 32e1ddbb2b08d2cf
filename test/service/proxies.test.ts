import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { customTask, JobService } from '@semblance/jobs';
import { jobParts } from 'semblance';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { deployDir } from '../../scripts/render-chart.ts';
import { root } from '../source-files.ts';
import { makePair } from '../support/certificates.ts';
import { askTls, beginTls } from './ask-tls.ts';
import { createFixture, type Fixture, photo, pictureForm, type Running, smallSettings } from './fixtures.ts';
import { hasProxy, type RunningProxy, startProxy } from './proxying.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let fixture: Fixture;
let service: Running;
let jobs: JobService;
const requests: { reqId: string }[] = [];
const MB = 2 ** 20;

beforeAll(async () => {
  fixture = await createFixture();
  jobs = new JobService({ home: join(fixture.root, 'jobs'), parts: jobParts });
  service = await fixture.start({
    ...{ jobs, settings: smallSettings },
    limits: { maxBodyBytes: 16 * MB, maxInFlight: 64, maxInFlightPerKey: 64, perSecond: 0, burst: 1 },
    log: { event() {}, request: (request) => void requests.push(request) },
  });
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

test('the documentation shows the files that are delivered', async () => {
  const page = await readFile(join(root, 'docs/proxy.md'), 'utf8');
  for (const file of ['nginx/semblance.conf', 'caddy/Caddyfile'])
    expect(page).toContain(await readFile(join(deployDir, file), 'utf8'));
});

describe.each(['nginx', 'caddy'] as const)('behind %s', (name) => {
  let proxy: RunningProxy;
  beforeAll(async () => {
    if (!hasProxy[name]) return;
    const pair = makePair(fixture.root, name);
    proxy = await startProxy(name, { dir: fixture.root, service: service.url, pair });
  });
  afterAll(() => proxy?.stop());
  const ask = (path: string, asked: Parameters<typeof askTls>[1] = {}) =>
    askTls(proxy.url + path, { ...asked, headers: { 'x-api-key': service.key, ...asked.headers } });
  const through = test.skipIf(!hasProxy[name]);

  through('a picture is answered as it is without', async () => {
    const path = '/api/v1/recognition/recognize';
    const picture = await photo(['ada', 'bob']);
    const { status, text } = await ask(path, { method: 'POST', body: pictureForm(picture) });
    expect(status, text).toBe(200);
    expect(JSON.parse(text)).toEqual((await service.call('POST', path, picture)).json);
    expect(JSON.parse(text).result).toHaveLength(2);
  });

  through(
    'a request keeps its id, or gets one, in answer, log and the proxy’s log with the address',
    async () => {
      const path = '/api/v1/recognition/subjects/nobody-here';
      const given = await ask(path, { method: 'DELETE', headers: { 'x-request-id': `mine-${name}` } });
      const { headers } = await ask(path, { method: 'DELETE' });
      expect(given.headers['x-request-id']).toBe(`mine-${name}`);
      const ids = [`mine-${name}`, String(headers['x-request-id'])];
      expect(ids[1]).toMatch(/^[0-9a-f-]{32,36}$/);
      await vi.waitFor(() => {
        const lines = proxy.log().split('\n');
        for (const id of ids) expect(lines.find((line) => line.includes(id))).toMatch(/127\.0\.0\.1/);
      }, 60_000);
      expect(requests.map(({ reqId }) => reqId)).toEqual(expect.arrayContaining(ids));
      expect(proxy.log()).not.toContain('nobody-here');
      expect(proxy.log()).not.toContain(service.key);
    },
  );

  through(
    'a large body arrives; one that is too large is refused in the shape of the service’s errors',
    async () => {
      // as browsers send it: over HTTP/2 whoever refuses early resets no connection
      const send = async (sizeBytes: number) => {
        const file = join(fixture.root, `${name}.bytes`);
        await writeFile(file, new Uint8Array(sizeBytes));
        const args = [
          '--silent',
          '--insecure',
          '--http2',
          '--form',
          `file=@${file}`,
          '--write-out',
          '\n%{http_code}',
        ];
        const url = `${proxy.url}/api/v1/recognition/recognize`;
        const answer = await promisify(execFile)('curl', [
          ...args,
          '--header',
          `x-api-key: ${service.key}`,
          url,
        ]).catch(() => null);
        if (answer === null) return 'cut off';
        const [body, status] = answer.stdout.split('\n') as [string, string];
        return body.startsWith('{') ? `${status} ${JSON.parse(body).error}` : 'cut off';
      };
      expect(await send(15 * MB)).toBe('415 IMAGE_NOT_AN_IMAGE');
      // Caddy passes on as it comes, and cuts off who still sends after the refusal
      const refusals = name === 'nginx' ? ['413 REQUEST_TOO_LARGE'] : ['413 REQUEST_TOO_LARGE', 'cut off'];
      for (const size of [16.2, 60]) expect(refusals).toContain(await send(size * MB));
    },
  );

  through('events come as they happen', async () => {
    const go = join(fixture.root, `${name}.go`);
    const script = `echo begin; while [ ! -e "${go}" ]; do sleep 0.05; done; echo "the end"`;
    const version = await jobs.create('mine', customTask(['sh', '-c', script]), { cwd: fixture.root });
    const stream = await beginTls(
      `${proxy.url}/v1/any/training-jobs/mine/versions/${version.id}/logs/stream`,
      {
        headers: { 'x-api-key': service.key },
      },
    );
    expect(stream.headers['content-type']).toMatch('text/event-stream');
    let text = '';
    for await (const piece of stream) {
      text += piece;
      // the version ends only once its first line has been read here
      if (text.includes('begin')) await writeFile(go, '');
    }
    expect(text).toMatch(/begin.*the end.*event: end\n/s);
  });
});
