import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startService } from '../../packages/serve/src/index.ts';
import { root } from '../source-files.ts';
import { createFixture, type Fixture, photo } from './fixtures.ts';

// each service starts threads that load networks: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture?.remove());

test('the example of docs/service.md answers who is in a picture', async () => {
  const docs = await readFile(join(root, 'docs', 'service.md'), 'utf8');
  const [, example] = /## From TypeScript[\s\S]*?```ts\n([\s\S]*?)```/.exec(docs)!;
  const folder = join(fixture.root, 'program');
  await mkdir(join(folder, 'models'), { recursive: true });
  const links: [string, string][] = [
    [join(root, 'node_modules'), 'node_modules'],
    [fixture.detector, 'models/detector'],
    [fixture.recognizer, 'models/recognizer'],
    [await fixture.newGallery(), 'gallery'],
  ];
  for (const [to, from] of links) await symlink(to, join(folder, from));
  await writeFile(join(folder, 'party.jpg'), await photo(['ada', 'bob']));
  await writeFile(join(folder, 'program.mts'), example!);

  const { stdout } = await promisify(execFile)(process.execPath, ['program.mts'], { cwd: folder });
  const { result } = JSON.parse(stdout);
  expect(result).toHaveLength(2);
  expect(result[0]).toMatchObject({ subjects: [{ subject: 'unknown' }], reason: 'empty_gallery' });
});

test('a service goes on with its state, and ends by `await using`', async () => {
  const { detector, recognizer } = fixture;
  const state = join(fixture.root, 'kept');
  let url: string;
  let key: string;
  {
    await using service = await startService({ state, models: { detector, recognizer } });
    expect(service.isReady).toBe(true);
    url = service.url;
    key = service.firstKey!;
    const reply = await fetch(`${url}/api/v1/status`, { headers: { 'x-api-key': key } });
    expect(await reply.json()).toMatchObject({ status: 'OK' });
  }
  await expect(fetch(`${url}/health/live`)).rejects.toThrow();

  // without models: those that were deployed; the key is the old one
  const again = await startService({ state, limits: { perSecond: 0.01 } });
  expect([again.isReady, again.firstKey]).toEqual([true, null]);
  const statuses = [];
  for (let i = 0; i < 3; i++) {
    statuses.push((await fetch(`${again.url}/api/v1/status`, { headers: { 'x-api-key': key } })).status);
  }
  expect(statuses).toEqual([200, 429, 429]);
  expect(await again.close()).toBe(true);
  expect(again.isReady).toBe(false);
});

test('a state folder without models starts a service that waits for a deployment', async () => {
  await using service = await startService({ state: join(fixture.root, 'empty') });
  expect(service.isReady).toBe(false);
  expect((await fetch(`${service.url}/health/ready`)).status).toBe(503);
});

test('models that cannot be loaded are said', async () => {
  const models = { detector: join(fixture.root, 'nothing'), recognizer: fixture.recognizer };
  await expect(startService({ state: join(fixture.root, 'failed'), models })).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
  });
});
