// Encrypting a gallery, changing its keys and removing somebody with a receipt, as a user does it.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Gallery } from '@semblance/face/gallery';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../run.ts';

const root = mkdtempSync(join(tmpdir(), 'gallery-encryption-'));
afterAll(() => rmSync(root, { recursive: true }));
const gallery = join(root, 'people');
const home = { SEMBLANCE_HOME: join(root, 'home') };
const keyFile = join(root, 'home', 'keys', 'gallery.key');
const receipt = join(root, 'ada.json');

beforeAll(async () => {
  const options = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 2, threshold: 0.5 };
  await using made = await Gallery.create(gallery, {
    ...options,
    keys: { masters: () => null, folder: root },
  });
  const face = (subject: string, x: number) => ({ subject, embedding: Float32Array.of(x, 1 - x) });
  await made.enrol([face('ada', 0), face('bob', 1)], options.modelId);
});

async function call(args: string[], env: Record<string, string> = home) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(args, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    ...{ draw() {}, isTerminal: false, columns: () => 80, env: { PATH: process.env.PATH, ...env } },
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('from a gallery in the clear to the receipt of who was removed', async () => {
  expect(await call(['gallery', 'encrypt', gallery])).toMatchObject({
    code: 2,
    err: expect.stringContaining('GALLERY_KEY_MISSING'),
  });
  const refused = await call(['gallery', 'remove', gallery, 'ada', '--receipt', receipt]);
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('not encrypted') });
  expect((await call(['gallery', 'new-key'])).out).toContain(keyFile);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  expect((await call(['gallery', 'new-key'])).err).toContain('PATH_EXISTS');
  expect((await call(['gallery', 'encrypt', gallery])).out).toContain('2 faces of 2 people');

  const elsewhere = {
    SEMBLANCE_HOME: join(root, 'elsewhere'),
    SEMBLANCE_GALLERY_KEYS: join(root, 'home', 'keys'),
  };
  expect((await call(['gallery', 'show', gallery], elsewhere)).err).toContain('GALLERY_KEY_MISSING');
  expect((await call(['gallery', 'show', gallery, '--key-file', keyFile], elsewhere)).out).toContain('ada');
  expect(
    (await call(['gallery', 'show', gallery, '--key-command', `cat '${keyFile}'`], elsewhere)).code,
  ).toBe(0);
  const other = { ...home, SEMBLANCE_GALLERY_KEY: Buffer.alloc(32).toString('base64') };
  expect((await call(['gallery', 'show', gallery], other)).err).toContain('GALLERY_KEY_WRONG');
  expect((await call(['gallery', 'rotate', gallery, '--new-key'], other)).err).toContain(
    '--new-key takes a key file',
  );

  const before = readFileSync(keyFile, 'utf8');
  expect((await call(['gallery', 'rotate', gallery, '--new-key', '--subject-keys'])).out).toContain(
    '2 people',
  );
  const old = join(root, 'old.key');
  writeFileSync(old, before);
  expect((await call(['gallery', 'show', gallery, '--key-file', old])).err).toContain('GALLERY_KEY_WRONG');

  const removed = await call(['gallery', 'remove', gallery, 'ada', '--receipt', receipt]);
  expect(removed).toMatchObject({ code: 0, out: 'ada: 1 faces removed' });
  const check = ['gallery', 'verify-receipt', receipt, '--gallery', gallery];
  expect(await call(check)).toMatchObject({ code: 0, out: expect.stringContaining('1 faces erased') });
  expect((await call(['gallery', 'remove', gallery, 'bob', '--receipt', receipt])).err).toContain(
    'PATH_EXISTS',
  );
  expect((await call(['gallery', 'show', gallery])).out).toContain('bob');
  writeFileSync(receipt, readFileSync(receipt, 'utf8').replace('"numFaces":1', '"numFaces":9'));
  expect(await call(check)).toMatchObject({ code: 1, err: expect.stringContaining('does not hold') });
  writeFileSync(receipt, 'no receipt');
  expect(await call(check)).toMatchObject({ code: 2, err: expect.stringContaining('DATA_INVALID') });
});

test('where there is a master key a new gallery is encrypted, and one in the clear stays as it is', async () => {
  const made = join(root, 'made');
  const keys = await import('@semblance/face/gallery').then(({ galleryKeys }) => galleryKeys({}, home));
  const options = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 2, threshold: 0.5, keys };
  await (await Gallery.create(made, options)).close();
  expect((await call(['gallery', 'show', made], { SEMBLANCE_HOME: join(root, 'none') })).err).toContain(
    'GALLERY_KEY_MISSING',
  );
  expect((await call(['gallery', 'show', made])).code).toBe(0);
});
