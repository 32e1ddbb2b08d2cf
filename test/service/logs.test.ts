import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createLog, type LogOptions } from '../../packages/serve/src/log/create-log.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000 });

const api = '/api/v1/recognition';
/** Nobody else is called so. */
const NAME = 'Zoë Quetzalcoatl';

let fixture: Fixture;
beforeAll(async () => void (fixture = await createFixture()));
afterAll(() => fixture?.remove());

function recorder() {
  const written: string[] = [];
  return { written, write: (line: string) => void written.push(line) };
}

/** Of the requests of a test; what a refusal is held against is asked for by the fixture. */
const isAsked = ({ text, route }: { text: string; route?: string }): boolean =>
  text === 'request' && route !== '/openapi.json';

/** A service with what it logs. */
async function logged(options: Partial<LogOptions> = {}, more: Parameters<Fixture['start']>[0] = {}) {
  const { written, write } = recorder();
  const service: Running = await fixture.start({
    log: createLog({ format: 'json', write, ...options }),
    ...more,
  });
  // a line is written when the answer has been: the client may be faster
  const requests = async (numLines: number) => {
    const lines = () => written.map((line) => JSON.parse(line)).filter(isAsked);
    await vi.waitFor(() => expect(lines()).toHaveLength(numLines), 30_000);
    return lines();
  };
  return { service, written, requests };
}

test('a log says what happened to each request, and nothing of who is known, in which words, pictures or keys', async () => {
  const { service, written, requests } = await logged({ level: 'debug' });
  const named = encodeURIComponent(NAME);
  const headers = { 'x-request-id': 'the-first' };
  const ada = await photo(['ada']);
  expect((await service.call('POST', `${api}/faces?subject=${named}`, ada, headers)).status).toBe(201);
  const wrong = { 'x-api-key': `${service.key.slice(0, -6)}wrong!` };
  const calls: [string, string, unknown?, Record<string, string>?][] = [
    ['POST', `${api}/recognize?face_plugins=calculator`, ada],
    ['POST', `${api}/subjects`, { subject: `${NAME} 2` }],
    ['PUT', `${api}/subjects/${named}`, { subject: `${NAME} 3` }],
    ['PUT', `${api}/subjects/${named}`, { subject: `${NAME} 4` }],
    ['GET', `${api}/faces?subject=${named}`],
    ['GET', `/nowhere/${named}?name=${named}`],
    ['POST', `${api}/faces?subject=${named}&limit=${named}`, ada],
    ['POST', `${api}/recognize`, { file: NAME }],
    ['GET', '/metrics', undefined, wrong],
    ['GET', '/metrics'],
    ['DELETE', `${api}/subjects/${named}%203`],
  ];
  for (const [method, path, body, given] of calls) await service.call(method, path, body, given);
  const lines = await requests(12);
  const key = service.service.keys.all()[0]!.id;
  expect(lines[0]).toEqual({
    ...{ level: 'info', time: expect.stringMatching(/^20.*Z$/), text: 'request', reqId: 'the-first' },
    ...{ method: 'POST', route: `${api}/faces`, status: 201, ms: expect.any(Number), key, code: null },
  });
  expect(lines.map(({ route, status, code }) => [route, status, code])).toEqual([
    [`${api}/faces`, 201, null],
    [`${api}/recognize`, 200, null],
    [`${api}/subjects`, 201, null],
    [`${api}/subjects/:subject`, 200, null],
    [`${api}/subjects/:subject`, 404, 'GALLERY_SUBJECT_NOT_FOUND'],
    [`${api}/faces`, 200, null],
    ['none', 404, 'ROUTE_NOT_FOUND'],
    [`${api}/faces`, 400, 'REQUEST_INVALID'],
    [`${api}/recognize`, 400, 'REQUEST_INVALID'],
    ['/metrics', 401, 'KEY_INVALID'],
    ['/metrics', 200, null],
    [`${api}/subjects/:subject`, 200, null],
  ]);
  expect(lines.filter(({ level }) => level === 'debug').map(({ route }) => route)).toEqual([
    '/metrics',
    '/metrics',
  ]);
  await service.stop();
  const text = written.join('\n');
  for (const secret of ['Quetzal', 'Zo%C3', service.key.slice(17), 'wrong!', 'a.png', fixture.root]) {
    expect(text).not.toContain(secret);
  }
});

test('what is shed, deployed and failing is said with its code', async () => {
  const limits = { maxBodyBytes: 2_000_000, maxInFlight: 64, maxInFlightPerKey: 64, perSecond: 1, burst: 3 };
  const { service, written, requests } = await logged({}, { limits });
  const deploy = { name: 'other', recognizer: fixture.otherRecognizer };
  expect((await service.call('POST', '/api/v1/deployments', deploy)).status).toBe(202);
  await service.service.deployments.settled();
  const nowhere = { name: 'none', recognizer: `${fixture.root}/none` };
  await service.service.deployments.begin(nowhere).catch(() => {});
  await service.service.deployments.settled();
  let numCalls = 1;
  for (let status = 200; status !== 429; numCalls++) {
    ({ status } = await service.call('GET', `${api}/subjects`));
    expect([200, 429]).toContain(status);
  }
  const lines = await requests(numCalls);
  expect(lines.at(-1)).toMatchObject({ level: 'warn', status: 429, code: 'RATE_LIMITED' });
  const events = written.map((line) => JSON.parse(line)).filter(({ deployment }) => deployment);
  expect(events.map(({ level, text }) => `${level} ${text.slice(0, 24)}`)).toEqual(
    [
      'info deployment D0001 begins',
      'info deployment D0001 serves',
      'info deployment D0002 begins',
      'info deployment D0002 serves',
      'info deployment D0003 begins',
      'error deployment D0003 failed:',
    ].map((line) => line.slice(0, line.indexOf(' ') + 25)),
  );
  expect(events[1]).toMatchObject({ deployment: 'D0001', ms: expect.any(Number) });
  expect(events[5]).toMatchObject({ deployment: 'D0003', code: 'MODEL_NOT_FOUND' });
  await service.stop();
});

test('as text, one line each; below its level or off, nothing', () => {
  const { written, write } = recorder();
  const request = {
    reqId: 'x1',
    method: 'GET',
    route: '/health/live',
    status: 200,
    ms: 0.4,
    key: null,
    code: null,
  };
  const logs = [
    createLog({ format: 'pretty', level: 'debug', write }),
    createLog({ format: 'pretty', write }), // a probe is for debugging
    createLog({ format: 'json', level: 'error', write }),
    createLog({ format: 'off', write }),
  ];
  for (const log of logs) {
    log.request(request);
    log.event('warn', 'it was so', { why: 'two words' });
  }
  expect(written.map((line) => line.replace(/^\d\d:\d\d:\d\d\.\d{3} /, ''))).toEqual([
    'debug request reqId=x1 method=GET route=/health/live status=200 ms=0.4',
    'warn  it was so why="two words"',
    'warn  it was so why="two words"',
  ]);
});
