import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status: { code: number };
  attributes: { key: string; value: Record<string, unknown> }[];
}
const received: { path: string; headers: Record<string, unknown>; text: string }[] = [];
const receiver = createServer(async (request, response) => {
  let text = '';
  for await (const piece of request) text += piece;
  received.push({ path: request.url!, headers: request.headers, text });
  response.setHeader('content-type', 'application/json').end('{}');
});

let fixture: Fixture;
let endpoint: string;
beforeAll(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  endpoint = `http://127.0.0.1:${(receiver.address() as { port: number }).port}`;
  fixture = await createFixture();
});
afterAll(async () => {
  receiver.close();
  await fixture?.remove();
});
beforeEach(() => {
  received.length = 0;
  return () => vi.unstubAllEnvs();
});

async function start(
  env: Record<string, string>,
  options: Parameters<Fixture['start']>[0] = {},
): Promise<Running> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const service = await fixture.start(options);
  onTestFinished(() => service.stop());
  return service;
}
const spans = (): Span[] =>
  received.flatMap(({ text }) =>
    JSON.parse(text).resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: Span[] }[] }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    ),
  );
const attributesOf = (span: Span) =>
  Object.fromEntries(span.attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

const recognize = '/api/v1/recognition/recognize';
const traceId = '0af7651916cd43dd8448eb211c80319c';
const parent = 'b7ad6b7169203331';

test('a request and its stages are spans of the caller’s trace, with nothing of whom it was about', async () => {
  const service = await start({
    ...{ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=faces' },
    OTEL_SERVICE_NAME: 'kiosk',
  });
  const headers = { traceparent: `00-${traceId}-${parent}-01`, 'x-request-id': 'mine-1' };
  const { status } = await service.call('POST', `${recognize}?limit=7`, await photo(['ada', 'bob']), headers);
  expect(status).toBe(200);
  expect((await service.call('POST', '/api/v1/recognition/subjects', { subject: 'Zaphod' })).status).toBe(
    201,
  );
  expect((await service.call('DELETE', '/api/v1/recognition/subjects/Zaphod')).status).toBe(200);
  expect((await service.call('GET', '/nowhere/Zaphod?q=Zaphod')).status).toBe(404);
  await service.call('GET', '/health/live');
  await service.stop();

  expect(received.map(({ path, headers }) => [path, headers['x-tenant']])).toEqual(
    received.map(() => ['/v1/traces', 'faces']),
  );
  const all = spans();
  const request = all.find(({ name }) => name === `POST ${recognize}`)!;
  expect(request).toMatchObject({ traceId, parentSpanId: parent, kind: 2 });
  expect(attributesOf(request)).toEqual({
    ...{ 'http.request.method': 'POST', 'http.route': recognize, 'http.response.status_code': 200 },
    'semblance.request_id': 'mine-1',
  });
  const stages = all.filter(({ parentSpanId }) => parentSpanId === request.spanId);
  expect(stages.map(({ name }) => name)).toEqual([
    'receive',
    'detect_wait',
    'detect',
    'embed_wait',
    'embed',
    'search',
  ]);
  const times = (span: Span) => [BigInt(span.startTimeUnixNano), BigInt(span.endTimeUnixNano)] as const;
  // within the request, give or take how exactly the two clocks agree
  const slackNs = 50_000_000n;
  for (const stage of stages) {
    expect(stage).toMatchObject({ traceId, attributes: [] });
    expect(times(stage)[0]).toBeGreaterThanOrEqual(times(request)[0] - slackNs);
    expect(times(stage)[1]).toBeLessThanOrEqual(times(request)[1] + slackNs);
  }
  expect(
    all
      .filter(({ parentSpanId }) => parentSpanId !== request.spanId)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([
    'DELETE /api/v1/recognition/subjects/:subject',
    'GET',
    // by which each refusal is held against what is declared
    'GET /openapi.json',
    `POST ${recognize}`,
    'POST /api/v1/recognition/subjects',
  ]);
  expect(attributesOf(all.find(({ name }) => name === 'GET')!)['error.type']).toBe('ROUTE_NOT_FOUND');
  const sent = received.map(({ text }) => text).join();
  expect(sent).toContain('"kiosk"');
  for (const secret of ['Zaphod', service.key, 'limit=7']) expect(sent).not.toContain(secret);
});

test('a caller who has decided against it has no trace; with the sampler off nobody has', async () => {
  const service = await start({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${endpoint}/own` }, { start: null });
  await service.call('GET', '/api/v1/deployments', undefined, { traceparent: `00-${traceId}-${parent}-00` });
  await service.call('GET', '/api/v1/deployments');
  await service.stop();
  expect(received.map(({ path }) => path)).toEqual(['/own']);
  expect(spans()).toHaveLength(1);

  received.length = 0;
  const off = await start({ OTEL_TRACES_SAMPLER: 'always_off' }, { start: null });
  await off.call('GET', '/api/v1/deployments');
  await off.stop();
  expect(received).toEqual([]);
});

test.each([
  ['no variable', {}],
  ['OTEL_SDK_DISABLED', { OTEL_EXPORTER_OTLP_ENDPOINT: 'set', OTEL_SDK_DISABLED: 'true' }],
  ['OTEL_TRACES_EXPORTER=none', { OTEL_EXPORTER_OTLP_ENDPOINT: 'set', OTEL_TRACES_EXPORTER: 'none' }],
])('with %s nothing is sent', async (_, env) => {
  const given = Object.entries(env as Record<string, string>).map(([name, value]) => [
    name,
    value === 'set' ? endpoint : value,
  ]);
  const service = await start(Object.fromEntries(given), { start: null });
  expect(service.service.traces).toBeNull();
  await service.call('GET', '/api/v1/deployments');
  await service.stop();
  expect(received).toEqual([]);
});

test('a receiver that is not there is said once, and requests are answered', async () => {
  const events: string[] = [];
  const log = { event: (_: string, text: string) => void events.push(text), request() {} };
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_EXPORTER_OTLP_TIMEOUT: '500' };
  const service = await start(env, { start: null, log });
  expect((await service.call('GET', '/api/v1/deployments')).status).toBe(200);
  await service.stop();
  expect(events.filter((text) => /^traces cannot be sent: /.test(text))).toHaveLength(1);
});
