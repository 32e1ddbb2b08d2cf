import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { isTelemetryOff, noTelemetry } from './no-telemetry.ts';

afterEach(() => void Object.assign(process.env, noTelemetry));

const report: { excludeNetwork?: boolean; excludeEnv?: boolean } = process.report;

test('the import alone sets the opt-out, and taking it back is noticed', () => {
  expect(isTelemetryOff()).toBe(true);
  delete process.env.ORT_DISABLE_TELEMETRY;
  expect(isTelemetryOff()).toBe(false);
  process.env.ORT_DISABLE_TELEMETRY = '0';
  expect(isTelemetryOff()).toBe(false);
});

test('settings of diagnostic reports stay as the user made them, and do not hide the environment', () => {
  const before = { ...report };
  Object.assign(report, { excludeNetwork: false, excludeEnv: true });
  expect(isTelemetryOff()).toBe(true);
  expect(report).toMatchObject({ excludeNetwork: false, excludeEnv: true });
  Object.assign(report, { excludeNetwork: before.excludeNetwork, excludeEnv: before.excludeEnv });
});

test('a worker thread sees what the process has, not what its own copy says', async () => {
  const url = new URL('./no-telemetry.ts', import.meta.url).href;
  const code = `import(${JSON.stringify(url)}).then(({ isTelemetryOff }) => require('node:worker_threads').parentPort.postMessage(isTelemetryOff()))`;
  const answer = async () => (await once(new Worker(code, { eval: true }), 'message'))[0];
  expect(await answer()).toBe(true);
  delete process.env.ORT_DISABLE_TELEMETRY;
  expect(await answer()).toBe(false);
});
