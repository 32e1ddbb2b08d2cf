import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { findProgram } from '../../packages/semblance/src/setup/unpack.ts';
import { stages } from '../../packages/serve/src/fleet/stages.ts';
import { channelWorkers } from './channel-workers.ts';
import { createFixture, type Fixture, photo, type Running, smallSettings } from './fixtures.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const recognize = '/api/v1/recognition/recognize';
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture?.remove());

interface Started extends Running {
  /** The processes that embed, and that find faces. */
  crops: number;
  pictures: number;
}

async function start(options: Parameters<Fixture['start']>[0]): Promise<Started> {
  const before = new Set(channelWorkers());
  const service = await fixture.start(options);
  onTestFinished(() => service.stop());
  const [crops, pictures] = channelWorkers().filter((pid) => !before.has(pid)) as [number, number];
  return { ...service, crops, pictures };
}

/** A number of the metrics by its name with its labels. */
async function numberOf(service: Running, name: string): Promise<number> {
  const text = await service.service.metrics.registry.metrics();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return Number(line?.slice(name.length));
}

test('each stage of an answer is timed, the waiting apart from the work', async () => {
  const service = await start({});
  const seconds = (stage: string, of: 'sum' | 'count') =>
    numberOf(service, `semblance_stage_seconds_${of}{stage="${stage}"}`);
  for (const stage of stages) expect(await seconds(stage, 'count'), stage).toBe(0);
  const picture = await photo(['ada', 'bob']);
  // one worker has two of a key's pictures at a time: the others wait
  process.kill(service.pictures, 'SIGSTOP');
  const calls = Array.from({ length: 8 }, () => service.call('POST', recognize, picture));
  await vi.waitFor(
    async () => expect(await numberOf(service, 'semblance_queue{deployment="start"}')).toBe(6),
    60_000,
  );
  const queuedMs = performance.now();
  await sleep(50);
  const waitedSeconds = (performance.now() - queuedMs) / 1000;
  process.kill(service.pictures, 'SIGCONT');
  for (const { status } of await Promise.all(calls)) expect(status).toBe(200);
  const counts = await Promise.all(stages.map(async (stage) => [stage, await seconds(stage, 'count')]));
  expect(Object.fromEntries(counts)).toEqual({
    ...{ receive: 8, detect_wait: 8, detect: 8, embed_wait: 8, embed: 8, search: 8 },
    ...{ infer_wait: 0, infer: 0 },
  });
  expect(await seconds('detect_wait', 'sum')).toBeGreaterThan(6 * waitedSeconds);
  const of = (await Promise.all(stages.map((stage) => seconds(stage, 'sum')))).reduce((a, b) => a + b);
  const all = await numberOf(service, `semblance_request_seconds_sum{route="${recognize}"}`);
  expect(of).toBeLessThanOrEqual(all * 1.05);
});

test('what is sent away is counted by its reason', async () => {
  const limits = { maxBodyBytes: 2_000_000, maxInFlight: 4, maxInFlightPerKey: 1, perSecond: 0, burst: 1 };
  const busy = await start({ limits });
  const picture = await photo(['ada']);
  process.kill(busy.pictures, 'SIGSTOP');
  const calls = Array.from({ length: 5 }, () => busy.call('POST', recognize, picture));
  const key = 'semblance_shed_total{reason="key_full"}';
  await vi.waitFor(async () => expect(await numberOf(busy, key)).toBe(4), 60_000);
  process.kill(busy.pictures, 'SIGCONT');
  const statuses = (await Promise.all(calls)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 503, 503, 503, 503]);
  expect(await numberOf(busy, 'semblance_shed_total{reason="full"}')).toBe(0);

  const slow = await start({ start: null, limits: { ...limits, perSecond: 0.001 } });
  for (const status of [200, 429, 429])
    expect((await slow.call('GET', '/api/v1/deployments')).status).toBe(status);
  expect(await numberOf(slow, 'semblance_shed_total{reason="rate"}')).toBe(2);
});

test('workers that are replaced are counted by their role and why; promtool finds nothing', async () => {
  const service = await start({ settings: { ...smallSettings, maxWorkMs: 2000 } });
  const replaced = (role: string, reason: string) =>
    numberOf(service, `semblance_worker_replacements_total{role="${role}",reason="${reason}"}`);
  process.kill(service.crops, 'SIGKILL');
  await vi.waitFor(async () => expect(await replaced('crops', 'lost')).toBe(1), 60_000);
  process.kill(service.pictures, 'SIGSTOP');
  const { status, json } = await service.call('POST', recognize, await photo(['ada']));
  expect([status, json.error]).toEqual([422, 'REQUEST_TOO_COSTLY']);
  expect(await replaced('pictures', 'too_slow')).toBe(1);
  expect(await numberOf(service, 'semblance_shed_total{reason="too_costly"}')).toBe(1);

  const promtool = findProgram('/usr/bin/promtool');
  if (promtool === null) return;
  const input = (await service.call('GET', '/metrics')).text;
  expect(input).toContain('semblance_queue{');
  const {
    status: exit,
    stdout,
    stderr,
  } = spawnSync(promtool, ['check', 'metrics'], { input, encoding: 'utf8' });
  expect([exit, stdout, stderr]).toEqual([0, '', '']);
});
