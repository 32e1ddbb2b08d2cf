// A gallery in one file: encrypted, signed, of one model; and what becomes of files that are damaged or of somebody else.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@semblance/core/random';
import { normalized } from '@semblance/core/vector';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Gallery } from '../gallery.ts';
import { lockGallery } from '../lock.ts';
import type { NewFace } from '../store.ts';
import { exportGallery } from './export-gallery.ts';
import { publicKeyText, signingKey } from './export-keys.ts';
import { importGallery } from './import-gallery.ts';

const root = mkdtempSync(join(tmpdir(), 'gallery-export-'));
afterAll(() => rmSync(root, { recursive: true }));
let counter = 0;
const place = (): string => join(root, String(counter++));
const model = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 32 };
const secret = { key: Buffer.alloc(32, 5) };
const random = Random.of(4);
const draw = (): Float32Array => normalized(Float32Array.from({ length: 32 }, () => random.normal()));
const face = (subject: string, contentHash: string, numBytes = 40): NewFace => ({
  ...{ subject, contentHash, embedding: draw(), quality: 0.5, source: `${subject}.jpg`, origin: 'enrol' },
  crop: Uint8Array.from({ length: numBytes }, (_, i) => (i < 3 ? [0xff, 0xd8, 0xff][i]! : i % 251)),
});
/** "Embeds" a crop by its first bytes. */
const other = {
  id: 'other-bbbbbbbbbbbb',
  embeddingSize: 4,
  embedJpegs: async (jpegs: Uint8Array[]) =>
    jpegs.map((jpeg) => normalized(Float32Array.from(jpeg.subarray(3, 7), (value) => value + 1))),
};

let path: string;
let file: string;
let signer: Awaited<ReturnType<typeof signingKey>>;
beforeAll(async () => {
  [path, file] = [place(), place()];
  signer = await signingKey(join(root, 'keys', 'signing.pem'));
  await using gallery = await Gallery.create(path, { ...model, threshold: 0.4 });
  // more than a chunk
  await gallery.enrol([face('Ada', 'a', 900_000), face('Ada', 'b', 900_000), face('Bo', 'c')], model.modelId);
  await gallery.negatives.add(face('Bo', 'd'), model.modelId);
  await exportGallery(path, file, { secret, signer });
});
const facesOf = async (folder: string) => {
  await using gallery = await Gallery.open(folder, { readOnly: true });
  const faces = await Array.fromAsync(gallery.stored());
  return Promise.all(faces.map(async (one) => ({ ...one, crop: await gallery.crop(one.id) })));
};

test('all of it comes back, under the same ids; nothing of it can be read in the file', async () => {
  const to = place();
  const { header, faces, skipped } = await importGallery(file, to, { secret, trust: publicKeyText(signer) });
  expect({ faces, skipped }).toEqual({ faces: 3, skipped: 0 });
  expect(header).toMatchObject({ subjects: 2, faces: 3, negatives: 1, hasCrops: true, ...model });
  expect(await facesOf(to)).toEqual(await facesOf(path));
  await using gallery = await Gallery.open(to);
  expect(gallery.threshold).toBe(0.4);
  expect(await gallery.negatives.list()).toMatchObject([{ subject: 'Bo', contentHash: 'd' }]);
  const bytes = readFileSync(file);
  expect(bytes.includes('Ada')).toBe(false);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([]);
  await expect(exportGallery(path, file, { secret, signer })).rejects.toMatchObject({ code: 'PATH_EXISTS' });
});

test('a passphrase opens it, however its letters are composed, and no other one', async () => {
  const out = place();
  await exportGallery(path, out, { secret: { passphrase: 'Zoë’s dog' }, signer, crops: false });
  await importGallery(out, place(), { secret: { passphrase: 'Zoë’s dog'.normalize('NFD') } });
  for (const wrong of [{ passphrase: 'Zoe’s dog' }, secret])
    await expect(importGallery(out, place(), { secret: wrong })).rejects.toMatchObject({
      code: 'EXPORT_KEY_WRONG',
    });
  await expect(
    importGallery(out, place(), { secret: { passphrase: 'Zoë’s dog' }, reEmbed: other }),
  ).rejects.toMatchObject({ code: 'GALLERY_NO_CROPS' });
});

test('it is added to a gallery that is there where that is asked for, without what is there already', async () => {
  const to = place();
  const gallery = await Gallery.create(to, model);
  await gallery.enrol([face('Ada', 'a'), face('Cy', 'e')], model.modelId);
  await gallery.close();
  await expect(importGallery(file, to, { secret })).rejects.toMatchObject({ code: 'GALLERY_EXISTS' });
  expect(await importGallery(file, to, { secret, merge: true })).toMatchObject({ faces: 2, skipped: 1 });
  expect((await facesOf(to)).map(({ subject }) => subject)).toEqual(['Ada', 'Cy', 'Ada', 'Bo']);
  {
    using _lock = lockGallery(to, 'a service');
    await expect(importGallery(file, to, { secret, merge: true })).rejects.toMatchObject({
      code: 'GALLERY_BUSY',
    });
  }
});

test('embeddings of another model are never mixed: pictures are embedded anew, or nothing is taken', async () => {
  const to = place();
  const gallery = await Gallery.create(to, { modelId: other.id, embeddingSize: 4 });
  await gallery.close();
  await expect(importGallery(file, to, { secret, merge: true })).rejects.toMatchObject({
    code: 'GALLERY_MODEL_MISMATCH',
  });
  await expect(importGallery(file, place(), { secret, modelId: other.id })).rejects.toMatchObject({
    code: 'GALLERY_MODEL_MISMATCH',
  });
  expect(await importGallery(file, to, { secret, merge: true, reEmbed: other })).toMatchObject({ faces: 3 });
  const [first] = await facesOf(to);
  expect(first).toMatchObject({ subject: 'Ada', embedding: (await other.embedJpegs([first!.crop!]))[0] });
  const failing = { ...other, embedJpegs: async () => Promise.reject(new Error('out of memory')) };
  const nowhere = place();
  await expect(importGallery(file, nowhere, { secret, reEmbed: failing })).rejects.toThrow('out of memory');
  expect(readdirSync(nowhere)).toEqual([]);
});

describe('a file that is', () => {
  const codeOf = async (bytes: Uint8Array, options: object = {}): Promise<string> => {
    const [changed, to] = [place(), place()];
    writeFileSync(changed, bytes);
    try {
      await importGallery(changed, to, { secret, ...options });
    } catch (error) {
      await expect(Gallery.open(to)).rejects.toMatchObject({ code: 'GALLERY_NOT_FOUND' });
      return (error as { code: string }).code;
    }
    return 'no error';
  };
  const changedAt = (at: number): Buffer => {
    const bytes = Buffer.from(readFileSync(file));
    bytes[at]! ^= 1;
    return bytes;
  };

  test('cut off anywhere is known as such', async () => {
    const bytes = readFileSync(file);
    for (const length of [8, 11, 300, 2000, bytes.length >> 1, bytes.length - 70, bytes.length - 1])
      expect(await codeOf(bytes.subarray(0, length)), String(length)).toBe('EXPORT_TRUNCATED');
  });

  test('changed anywhere, or made longer, is known as such', async () => {
    const { length } = readFileSync(file);
    const { length: header } = JSON.stringify(JSON.parse(headerText()));
    for (const at of [
      12 + header + 4,
      12 + header + 9000,
      length >> 1,
      length - 69 - 20,
      length - 10,
      length - 1,
    ])
      expect(await codeOf(changedAt(at)), String(at)).toBe('EXPORT_TAMPERED');
    expect(await codeOf(Buffer.concat([readFileSync(file), Buffer.from([0])]))).toBe('EXPORT_TAMPERED');
    const renamed = readFileSync(file);
    renamed.write('net-aaaaaaaaaaab', renamed.indexOf('net-aaaaaaaaaaaa'));
    expect(await codeOf(renamed)).toBe('EXPORT_TAMPERED');
  });
  const headerText = (): string => {
    const bytes = readFileSync(file);
    return bytes.subarray(12, 12 + bytes.readUInt32LE(8)).toString();
  };

  test('another’s, locked by another key, or something else', async () => {
    const stranger = publicKeyText(await signingKey(place()));
    expect(await codeOf(readFileSync(file), { trust: stranger })).toBe('EXPORT_UNTRUSTED');
    expect(await codeOf(readFileSync(file), { trust: 'no key' })).toBe('EXPORT_KEY_WRONG');
    expect(await codeOf(readFileSync(file), { secret: { key: Buffer.alloc(32, 6) } })).toBe(
      'EXPORT_KEY_WRONG',
    );
    expect(await codeOf(readFileSync(file), { secret: { key: Buffer.alloc(5) } })).toBe('EXPORT_KEY_WRONG');
    expect(await codeOf(Buffer.from('PK\u0003\u0004 no export'))).toBe('EXPORT_INVALID');
    expect(await codeOf(Buffer.alloc(0))).toBe('EXPORT_INVALID');
  });
});
