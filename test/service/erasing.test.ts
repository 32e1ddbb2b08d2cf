// A person who was removed is in no byte of any file: of the gallery that serves, of those that a roll-back could bring
// back, of what lies beside them.
import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openSqliteStore } from '../../packages/face/src/gallery/drivers/sqlite.ts';
import { lockGallery } from '../../packages/face/src/gallery/lock.ts';
import { recordIn } from '../../packages/semblance/src/testing/recorder.ts';
import { deploy } from './deploying.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const api = '/api/v1/recognition';
// names that nothing else has for a part
const [NAME, RENAMED, OTHER, GHOST] = [
  'Zephyrine Quillfeather',
  'Quillfeather-Ott',
  'Barnaby Yxwold',
  'Ghost Vvedensky',
];
let fixture: Fixture;
let service: Running;
let gallery: string;
let stateDir: string;
beforeAll(async () => {
  fixture = await createFixture();
  stateDir = join(fixture.root, 'state');
  gallery = join(fixture.root, 'built');
  const data = join(fixture.root, 'people');
  for (const [name, looks] of [
    [NAME, 'ada'],
    [OTHER, 'bob'],
  ] as const) {
    await mkdir(join(data, name), { recursive: true });
    for (const shade of [0, 4])
      await writeFile(join(data, name, `${shade}.png`), await photo([looks], shade));
    await writeFile(join(data, name, 'broken.png'), 'no picture');
  }
  const models = ['--detector', fixture.detector, '--recognizer', fixture.recognizer];
  const build = ['gallery', 'build', '--data', data, '--out', gallery, ...models, '--threshold', '0.9'];
  expect((await recordIn({ SEMBLANCE_HOME: '/nowhere' }, ...build)).code).toBe(3);
  const { detector, recognizer } = fixture;
  service = await fixture.start({ stateDir, start: { name: 'start', detector, recognizer, gallery } });
});
afterAll(async () => {
  await service?.stop();
  await fixture?.remove();
});

/** Every file that the service or a build keeps, with its bytes. */
function files(): { path: string; bytes: Buffer }[] {
  return [stateDir, gallery].flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => ({ path, bytes: readFileSync(path) })),
  );
}

/** Where pieces of bytes are found. */
const found = (pieces: readonly Buffer[]): string[] =>
  files().flatMap(({ path, bytes }) => {
    const numFound = pieces.filter((piece) => bytes.includes(piece)).length;
    return numFound > 0 ? [`${path}: ${numFound}`] : [];
  });

/** The embeddings and pictures of a person in every gallery there is, in pieces. */
async function piecesOf(names: readonly string[]): Promise<Buffer[]> {
  const pieces: Buffer[] = names.map((name) => Buffer.from(name));
  for (const { path } of files().filter((file) => file.path.endsWith('gallery.db'))) {
    const store = openSqliteStore(path, { readOnly: true });
    for await (const { id, subject, embedding } of store.faces()) {
      if (!names.includes(subject)) continue;
      const blobs = [Buffer.from(embedding.buffer), Buffer.from((await store.crop(id))!)];
      // beginnings of JPEGs are alike
      for (const blob of blobs)
        for (let at = blob === blobs[0] ? 0 : 640; at + 20 <= blob.length; at += 40)
          pieces.push(blob.subarray(at, at + 20));
    }
    await store.close();
  }
  return pieces;
}

test('of a person who was renamed, deployed anew and copied, nothing is left, running or stopped', async () => {
  expect((await service.call('POST', `${api}/faces?subject=${NAME}`, await photo(['ada'], 9))).status).toBe(
    201,
  );
  await service.call('POST', `${api}/subjects`, { subject: GHOST });
  const anew = await deploy(service, { name: 'anew', recognizer: fixture.otherRecognizer });
  expect(anew).toMatchObject({ state: 'active' });
  const copied = await deploy(service, {
    name: 'copied',
    gallery: anew.entries[0].gallery,
    copyGallery: true,
  });
  expect(copied).toMatchObject({ state: 'active' });
  await service.call('PUT', `${api}/subjects/${NAME}`, { subject: RENAMED });
  // a build that was interrupted, and a file that was being written when its writer was killed
  copyFileSync(join(gallery, 'gallery.db'), join(gallery, 'gallery.db.building'));
  await writeFile(
    join(gallery, '.gallery.db.subjects.json.00000000-0000-0000-0000-000000000000.tmp'),
    `["${NAME}"]`,
  );

  const [gone, kept] = [await piecesOf([NAME, RENAMED]), await piecesOf([OTHER])];
  const before = found([...gone, Buffer.from(GHOST)]);
  for (const place of ['taken', 'galleries', 'built/gallery.db:', 'report.json', 'building', 'tmp'])
    expect(
      before.filter((line) => line.includes(place)),
      place,
    ).not.toEqual([]);

  expect((await service.call('DELETE', `${api}/subjects/${RENAMED}`)).status).toBe(200);
  // whom nobody has seen is in a copy, too
  expect((await service.call('DELETE', `${api}/subjects/${GHOST}`)).status).toBe(200);
  gone.push(Buffer.from(GHOST));
  expect(found(gone)).toEqual([]);
  expect(found(kept).length).toBeGreaterThanOrEqual(3);

  // nor does a roll-back bring anybody back
  await service.call('POST', '/api/v1/deployments/rollback');
  await service.call('POST', '/api/v1/deployments/rollback');
  const { json } = await service.call('POST', `${api}/recognize`, await photo(['ada']));
  expect(json.result[0].subjects[0].subject).toBe('unknown');
  expect((await service.call('GET', `${api}/subjects`)).json).toEqual({ subjects: [OTHER] });

  await service.stop();
  expect(found(gone)).toEqual([]);
  expect(
    files()
      .map(({ path }) => path)
      .filter((path) => /-(wal|shm|journal)$|\.lock$/.test(path)),
  ).toEqual([]);
});

describe('a state folder', () => {
  test('and what is in it is for its owner alone', () => {
    const modes = new Set<string>();
    const inside = readdirSync(stateDir, { recursive: true, withFileTypes: true });
    for (const entry of inside.filter(
      ({ parentPath, name }) => !/models/.test(parentPath) && !name.endsWith('.lock'),
    )) {
      const { mode } = statSync(join(entry.parentPath, entry.name));
      if (entry.name !== 'models')
        modes.add(`${entry.isFile() ? 'file' : 'folder'} ${(mode & 0o777).toString(8)}`);
    }
    expect(modes).toEqual(new Set(['file 600', 'folder 700']));
    expect(statSync(stateDir).mode & 0o777).toBe(0o700);
    for (const name of ['gallery.db', 'report.json'])
      expect(statSync(join(gallery, name)).mode & 0o777).toBe(0o600);
  });

  test('is one service’s, and the second is told whose', async () => {
    service = await fixture.start({ stateDir, start: null });
    const message = expect.stringMatching(
      new RegExp(`^the state folder .* is in use by a service \\(process ${process.pid} on \\S+, since 20`),
    );
    await expect(fixture.start({ stateDir, start: null })).rejects.toMatchObject({
      code: 'PATH_BUSY',
      message,
    });
    await service.stop();
    service = await fixture.start({ stateDir, start: null });
  });

  test('of a deployment that failed it keeps no gallery', async () => {
    const key = (await service.service.keys.create('admin', 'test')).text;
    const bad = join(fixture.root, 'bad.onnx');
    await writeFile(bad, 'no model');
    const before = readdirSync(join(stateDir, 'taken'));
    await call(key, 'POST', '/api/v1/deployments', {
      name: 'bad',
      detector: bad,
      gallery,
      copyGallery: true,
    });
    await service.service.deployments.settled();
    expect(service.service.deployments.list()[0]).toMatchObject({ state: 'failed' });
    expect(readdirSync(join(stateDir, 'taken'))).toEqual(before);
  });
});

const call = (key: string, method: string, path: string, body?: unknown) =>
  service.call(method, path, body, { 'x-api-key': key });

test('an older gallery that another service has is left to that, and said', async () => {
  const key = (await service.service.keys.create('admin', 'test')).text;
  await call(key, 'POST', `${api}/faces?subject=${OTHER}`, await photo(['bob']));
  const mine = await fixture.newGallery();
  await call(key, 'POST', '/api/v1/deployments', { name: 'mine', gallery: mine });
  await service.service.deployments.settled();
  await call(key, 'POST', `${api}/faces?subject=${OTHER}`, await photo(['bob']));
  const older = service.service.deployments
    .list()
    .flatMap(({ entries }) => entries.map((entry) => entry.gallery!));
  {
    using _theirs = lockGallery(older.find((path) => path === gallery)!, 'another service');
    expect((await call(key, 'DELETE', `${api}/subjects/${OTHER}`)).status).toBe(200);
    expect(service.lines.join('\n')).toMatch(/people were not removed from .*built.*another service/);
  }
  // tried again with the next change
  await call(key, 'POST', `${api}/subjects`, { subject: 'somebody' });
  const store = openSqliteStore(join(gallery, 'gallery.db'), { readOnly: true });
  expect((await store.subjects()).map(({ name }) => name)).not.toContain(OTHER);
  await store.close();
});
