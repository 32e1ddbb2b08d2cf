import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openSqliteStore } from '../../packages/face/src/gallery/drivers/sqlite.ts';
import { loadRecognizer } from '../../packages/face/src/models/load.ts';
import { deploy, deployments, enrol, recognize } from './deploying.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

// each service starts threads that load networks: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

let fixture: Fixture;
let running: Running | undefined;
beforeAll(async () => {
  fixture = await createFixture();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(() => fixture?.remove());

async function start(options: Parameters<Fixture['start']>[0] = {}): Promise<Running> {
  running = await fixture.start(options);
  return running;
}

describe('after a restart', () => {
  test('the service goes on with what was deployed, and one that was being prepared has failed', async () => {
    const stateDir = join(fixture.root, 'restarted');
    const { detector, recognizer, otherRecognizer } = fixture;
    const options = {
      stateDir,
      start: { name: 'start', detector, recognizer, gallery: await fixture.newGallery() },
    };
    let service = await start(options);
    await enrol(service, 'ada');
    await deploy(service, { name: 'v2', recognizer: otherRecognizer });
    const { key } = service;
    await service.stop();
    // as a service leaves it that is killed in the middle of a deployment
    const path = join(stateDir, 'deployments.json');
    const content = JSON.parse(await readFile(path, 'utf8'));
    content.revisions.push({ ...content.revisions[1], id: 'D0003', state: 'preparing' });
    await writeFile(path, JSON.stringify(content));

    service = await start(options);
    expect(service.firstKey).toBeNull();
    const call: Running['call'] = (method, to, body) => service.call(method, to, body, { 'x-api-key': key });
    const { json } = await call('GET', deployments);
    expect(json.deployments.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
      ['D0003', 'failed'],
      ['D0002', 'active'],
      ['D0001', 'superseded'],
    ]);
    const { result, plugins_versions } = (
      await call('POST', `${recognize}?status=true`, await photo(['ada']))
    ).json;
    expect(result[0].subjects[0].subject).toBe('ada');
    expect(plugins_versions.calculator).toBe((await loadRecognizer(otherRecognizer)).id);
  });

  test('an enrolment that was acknowledged is on the disk', async () => {
    const path = await fixture.newGallery();
    const { detector, recognizer } = fixture;
    const service = await start({ start: { name: 'start', detector, recognizer, gallery: path } });
    await enrol(service, 'ada');
    // read beside the running service: nothing is flushed at its end
    const copy = join(fixture.root, 'copy');
    await cp(path, copy, { recursive: true });
    const store = openSqliteStore(join(copy, 'gallery.db'));
    expect(await store.subjects()).toEqual([{ name: 'ada', numFaces: 1 }]);
    await store.close();
    await rm(copy, { recursive: true });
  });
});
