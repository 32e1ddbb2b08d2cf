// A service whose disk fills up, and is given room again while it runs.
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Gallery } from '../../packages/face/src/gallery/gallery.ts';
import { canMount, type Disk, mountDisk } from '../support/disks.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const api = '/api/v1/recognition';

describe.skipIf(!canMount)('a full disk (mounted in memory, which takes root)', () => {
  let fixture: Fixture;
  let disk: Disk;
  let service: Running;
  let gallery: string;
  let key: string;
  const call = (method: string, path: string, body?: unknown) =>
    service.call(method, path, body, { 'x-api-key': key });
  const ready = async () => {
    await sleep(1100); // what was found holds for a second
    const { status, json } = await call('GET', '/health/ready');
    return [status, json.error ?? json.ready];
  };
  const options = () => {
    const { detector, recognizer } = fixture;
    return { stateDir: join(disk.path, 'state'), start: { name: 'start', detector, recognizer, gallery } };
  };
  beforeAll(async () => {
    fixture = await createFixture();
    disk = mountDisk(4);
    gallery = join(disk.path, 'gallery');
    const made = await fixture.newGallery();
    await using source = await Gallery.open(made);
    const { modelId, embeddingSize, threshold } = source.meta;
    for (const path of [gallery, `${gallery}-alone`])
      await (await Gallery.create(path, { modelId, embeddingSize, threshold })).close();
    service = await fixture.start(options());
    key = service.key;
  });
  afterAll(async () => {
    await service?.stop();
    disk?.[Symbol.dispose]();
    await fixture?.remove();
  });

  test('is said truly, nothing is half done, and all is well once there is room, without a restart', async () => {
    expect((await call('POST', `${api}/faces?subject=ada`, await photo(['ada']))).status).toBe(201);
    expect(await ready()).toEqual([200, true]);

    disk.fill();
    const refused = [
      await call('POST', `${api}/faces?subject=bob`, await photo(['bob'])),
      await call('POST', `${api}/subjects`, { subject: 'eve' }),
      await call('POST', '/api/v1/deployments', { name: 'other', recognizer: fixture.otherRecognizer }),
    ];
    for (const { status, json } of refused) expect([status, json.error]).toEqual([503, 'STORAGE_FULL']);
    await expect(service.service.keys.create('read', 'x')).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    expect(await ready()).toEqual([503, 'STORAGE_FULL']);
    // what needs no room goes on, and shows nothing of what was refused
    expect((await call('GET', `${api}/subjects`)).json).toEqual({ subjects: ['ada'] });
    const { json: seen } = await call('POST', `${api}/recognize`, await photo(['bob']));
    expect(seen.result[0].subjects[0].subject).toBe('unknown');
    expect((await call('GET', '/api/v1/deployments')).json.deployments).toHaveLength(1);
    expect(service.service.keys.all()).toHaveLength(1);
    expect(service.lines.join('\n')).toMatch(
      /STORAGE_FULL at \/api\/v1\/recognition\/faces: .*audit\.jsonl.*: free some/,
    );
    expect(service.lines.filter((line) => line.includes('not ready: STORAGE_FULL'))).toHaveLength(1);

    disk.free();
    expect(await ready()).toEqual([200, true]);
    expect(service.lines.at(-1)).toContain('ready again');
    expect((await call('POST', `${api}/faces?subject=Bartholomew`, await photo(['bob']))).status).toBe(201);
    expect((await call('POST', `${api}/subjects`, { subject: 'eve' })).status).toBe(201);
  });

  test('of a gallery alone is said as well', async () => {
    const { start } = options();
    const own = await fixture.start({ start: { ...start, gallery: join(disk.path, 'gallery-alone') } });
    disk.fill();
    const { status, json } = await own.call('POST', `${api}/faces?subject=ada`, await photo(['ada']));
    expect([status, json.error]).toEqual([503, 'STORAGE_FULL']);
    expect(own.lines.join('\n')).toMatch(
      /STORAGE_FULL at \/api\/v1\/recognition\/faces: .*gallery\.db.*: free some/,
    );
    disk.free();
    expect((await own.call('POST', `${api}/faces?subject=ada`, await photo(['ada']))).status).toBe(201);
    await own.stop();
  });

  test('loses nothing that was acknowledged, however little room was left', async () => {
    const known = new Set((await call('GET', `${api}/subjects`)).json.subjects as string[]);
    disk.fill(150_000);
    let numRefused = 0;
    for (let i = 0; numRefused < 5; i++) {
      const { status, json } = await call(
        'POST',
        `${api}/faces?subject=person-${i}`,
        await photo(['ada'], i % 20),
      );
      if (status === 201) known.add(`person-${i}`);
      else expect([status, json.error, ++numRefused]).toEqual([503, 'STORAGE_FULL', numRefused]);
    }
    // removing needs room, too: it is done whole, or said not to be
    const removed = await call('DELETE', `${api}/subjects/Bartholomew`);
    expect(removed.json.error ?? 'none').toBe(removed.status === 200 ? 'none' : 'STORAGE_FULL');
    const listed = async () => new Set((await call('GET', `${api}/subjects`)).json.subjects as string[]);
    const isGone = !(await listed()).has('Bartholomew');
    if (isGone) known.delete('Bartholomew');
    else expect(removed.status).not.toBe(200);
    expect(await listed()).toEqual(known);
    disk.free();
    // what was removed in part is removed whole once there is room
    const names = readdirSync(gallery).map((name) => join(gallery, name));
    const isThere = () =>
      names.some((path) => existsSync(path) && readFileSync(path).includes('Bartholomew'));
    await vi.waitFor(() => expect(isThere()).toBe(!isGone), 5000);
    await service.stop();
    service = await fixture.start(options());
    expect(await listed()).toEqual(known);
  });

  test('a gallery whose folder is taken away takes no enrolment that would be lost', async () => {
    renameSync(gallery, `${gallery}-away`);
    const { status } = await call('POST', `${api}/faces?subject=lost`, await photo(['eve']));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await ready()).toEqual([503, 'STORAGE_FAILED']);
    renameSync(`${gallery}-away`, gallery);
    expect(await ready()).toEqual([200, true]);
    expect((await call('POST', `${api}/faces?subject=found`, await photo(['eve']))).status).toBe(201);
  });
});
