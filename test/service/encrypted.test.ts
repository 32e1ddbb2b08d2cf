// A service of an encrypted gallery: it recognizes, deploys and erases as ever, and keeps nothing in the clear.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  galleryKeys,
  openSqliteStore,
  parseReceipt,
  verifyReceipt,
} from '../../packages/face/src/gallery/index.ts';
import { deploy, enrol, who } from './deploying.ts';
import { createFixture, type Fixture, type Running } from './fixtures.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const api = '/api/v1/recognition';
let fixture: Fixture;
let service: Running;
let gallery: string;
let stateDir: string;
beforeAll(async () => {
  fixture = await createFixture();
  // threads of the service have the environment of the process
  process.env.SEMBLANCE_GALLERY_KEY = Buffer.alloc(32, 5).toString('base64');
  process.env.SEMBLANCE_GALLERY_KEYS = join(fixture.root, 'keys');
  stateDir = join(fixture.root, 'state');
  gallery = await fixture.newGallery();
  const { detector, recognizer } = fixture;
  service = await fixture.start({ stateDir, start: { name: 'start', detector, recognizer, gallery } });
});
afterAll(async () => {
  delete process.env.SEMBLANCE_GALLERY_KEY;
  delete process.env.SEMBLANCE_GALLERY_KEYS;
  await service?.stop();
  await fixture?.remove();
});

/** What galleries have of a person, in pieces; and the files that have one of these. */
async function secretsOf(path: string): Promise<Buffer[]> {
  const store = openSqliteStore(join(path, 'gallery.db'), { readOnly: true });
  const pieces: Buffer[] = [];
  for await (const { id, embedding } of store.faces()) {
    const crop = Buffer.from((await store.crop(id))!);
    pieces.push(Buffer.from(embedding.buffer).subarray(0, 20), crop.subarray(640, 660), crop.subarray(-20));
  }
  await store.close();
  return pieces;
}
const filesWith = (pieces: readonly Buffer[]): string[] =>
  [stateDir, gallery].flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => pieces.some((piece) => readFileSync(path).includes(piece))),
  );

test('from enrolling to the receipt of who was erased, over deployments, a copy and rollbacks', async () => {
  await enrol(service, 'ada');
  await enrol(service, 'bob');
  expect(await who(service, 'ada')).toBe('ada');
  const secrets = await secretsOf(gallery);
  expect(secrets).toHaveLength(6);

  // embedded anew into a gallery of the service's own, and that one copied
  const anew = await deploy(service, { name: 'anew', recognizer: fixture.otherRecognizer });
  const made = anew.entries[0].gallery as string;
  const copied = await deploy(service, { name: 'copied', gallery: made, copyGallery: true });
  expect(copied).toMatchObject({ state: 'active' });
  const copy = copied.entries[0].gallery as string;
  secrets.push(...(await secretsOf(made)));
  expect(filesWith(secrets)).toEqual([]);
  expect(await who(service, 'ada')).toBe('ada');

  const { status, json } = await service.call('DELETE', `${api}/subjects/ada`);
  expect([status, json.subject]).toEqual([200, 'ada']);
  expect(json.receipts).toHaveLength(1);
  const receipt = parseReceipt(JSON.stringify(json.receipts[0]));
  for (const path of [copy, made])
    expect(await verifyReceipt(receipt, path, galleryKeys())).toEqual({ problems: [], isBack: false });
  expect(await who(service, 'ada')).toBe('unknown');
  for (let i = 0; i < 2; i++) {
    await service.call('POST', '/api/v1/deployments/rollback');
    expect(await who(service, 'ada')).toBe('unknown');
    expect(await who(service, 'bob')).toBe('bob');
  }
  expect((await service.call('DELETE', `${api}/subjects/nobody`)).status).toBe(404);
});
