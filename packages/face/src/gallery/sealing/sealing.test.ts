import { createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@semblance/core/random';
import { afterAll, describe, expect, test } from 'vitest';
import { isSemblanceError } from '../../error.ts';
import { newKey, open, SEAL_BYTES, seal } from './cipher.ts';
import { defaultKeyFile, galleryKeys } from './key-source.ts';
import {
  formatMasterKeys,
  masterIdOf,
  newMasterKey,
  parseMasterKeys,
  unwrapKey,
  WRAPPED_BYTES,
  wrapKey,
} from './master-keys.ts';
import { packedEmbedding, packFace, unpackFace } from './packed-face.ts';

const root = mkdtempSync(join(tmpdir(), 'sealing-'));
afterAll(() => rmSync(root, { recursive: true }));
const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    return isSemblanceError(error) ? error.code : String(error);
  }
  return 'no error';
};

describe('sealing', () => {
  test('is AES-256-GCM with a nonce of its own', () => {
    const key = newKey();
    const plain = Buffer.from('a face');
    const sealed = seal(key, plain, 'g/embeddings/vector/7');
    expect(sealed.length).toBe(plain.length + SEAL_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13));
    decipher.setAAD(Buffer.from('g/embeddings/vector/7')).setAuthTag(sealed.subarray(-16));
    expect(Buffer.concat([decipher.update(sealed.subarray(13, -16)), decipher.final()])).toEqual(plain);
    const nonces = Array.from({ length: 3000 }, () => seal(key, plain, '').toString('hex', 1, 13));
    expect(new Set(nonces).size).toBe(3000);
  });

  test('opens with its key, in its place, unchanged, and in no other way', () => {
    const random = Random.of(11);
    const key = newKey();
    for (let round = 0; round < 200; round++) {
      const plain = randomBytes(random.int(0, 300));
      const place = `g/embeddings/vector/${round}`;
      const sealed = seal(key, plain, place);
      expect(open(key, sealed, place)).toEqual(plain);
      const flipped = Buffer.from(sealed);
      flipped[random.int(0, sealed.length - 1)]! ^= 1 << random.int(0, 7);
      expect(codeOf(() => open(key, flipped, place))).toBe('GALLERY_CORRUPT');
      expect(codeOf(() => open(newKey(), sealed, place))).toBe('GALLERY_CORRUPT');
      expect(codeOf(() => open(key, sealed, `${place}0`))).toBe('GALLERY_CORRUPT');
      expect(codeOf(() => open(key, sealed.subarray(0, random.int(0, sealed.length - 1)), place))).toBe(
        'GALLERY_CORRUPT',
      );
    }
  });

  test('a face comes out of its packing as it went in', () => {
    const embedding = Float32Array.from([9, 1, -0.5, Number.MIN_VALUE, 3]).subarray(1, 4);
    for (const [source, contentHash] of [
      [null, null],
      ['Zoë/1.jpg', null],
      [null, 'cafe'],
      ['a', 'b'],
    ] as const) {
      const packed = packFace({ embedding, source, contentHash });
      const shifted = Buffer.concat([Buffer.alloc(1), packed]).subarray(1);
      for (const bytes of [packed, shifted]) {
        expect(unpackFace(bytes)).toEqual({ embedding: embedding.slice(), source, contentHash });
        expect(packedEmbedding(bytes)).toEqual(embedding.slice());
      }
    }
    for (const bytes of [Buffer.alloc(0), Buffer.from([255, 0, 0, 0]), Buffer.alloc(7)])
      expect(codeOf(() => unpackFace(bytes))).toBe('GALLERY_CORRUPT');
  });
});

describe('master keys', () => {
  test('wrap a key for its purpose, and the one that wrapped it is asked for by its id', () => {
    const [first, second] = [newMasterKey(), newMasterKey()];
    const key = newKey();
    const wrapped = wrapKey([first], key, 'g/subject');
    expect(wrapped.length).toBe(WRAPPED_BYTES);
    expect(wrapped.includes(key)).toBe(false);
    expect(masterIdOf(wrapped)).toBe(first.id);
    expect(unwrapKey([second, first], wrapped, 'g/subject')).toEqual(key);
    expect(codeOf(() => unwrapKey([second], wrapped, 'g/subject'))).toBe('GALLERY_KEY_WRONG');
    expect(codeOf(() => unwrapKey([first], wrapped, 'g/index'))).toBe('GALLERY_CORRUPT');
    wrapped[20]! ^= 1;
    expect(codeOf(() => unwrapKey([first], wrapped, 'g/subject'))).toBe('GALLERY_CORRUPT');
  });

  test('are read from a text as they are written to one, and errors do not show it', () => {
    const keys = [newMasterKey(), newMasterKey()];
    expect(parseMasterKeys(formatMasterKeys(keys), 'FILE')).toEqual(keys);
    for (const text of ['', '# nothing', 'c2VjcmV0', `${'A'.repeat(43)}=, c2VjcmV0`]) {
      expect(codeOf(() => parseMasterKeys(text, 'FILE'))).toBe('GALLERY_KEY_WRONG');
      expect(() => parseMasterKeys(text, 'FILE')).not.toThrow(/c2VjcmV0/);
    }
  });

  test('come from the options, the environment, or the file in the user’s folder', () => {
    const [a, b, c, d] = [newMasterKey(), newMasterKey(), newMasterKey(), newMasterKey()];
    const text = (key: typeof a) => Buffer.from(key.key).toString('base64');
    const fileOf = (name: string, key: typeof a) => {
      const path = join(root, name);
      writeFileSync(path, formatMasterKeys([key]));
      return path;
    };
    const home = { SEMBLANCE_HOME: join(root, 'home'), PATH: process.env.PATH };
    const first = (options: object, env: object) =>
      galleryKeys(options, { ...home, ...env }).masters()?.[0]?.id;
    expect(first({}, {})).toBeUndefined();
    expect(first({ keyFile: fileOf('a', a) }, { SEMBLANCE_GALLERY_KEY: text(b) })).toBe(a.id);
    expect(first({ keyCommand: `cat '${fileOf('b', b)}'` }, { SEMBLANCE_GALLERY_KEY: text(a) })).toBe(b.id);
    expect(first({}, { SEMBLANCE_GALLERY_KEY: text(c), SEMBLANCE_GALLERY_KEY_FILE: 'none' })).toBe(c.id);
    expect(first({}, { SEMBLANCE_GALLERY_KEY_FILE: fileOf('d', d) })).toBe(d.id);
    expect(first({}, { SEMBLANCE_GALLERY_KEY_COMMAND: `echo ${text(d)}` })).toBe(d.id);
    expect(defaultKeyFile(home)).toBe(join(root, 'home', 'keys', 'gallery.key'));
    expect(codeOf(() => first({ keyFile: join(root, 'none') }, {}))).toBe('GALLERY_KEY_MISSING');
    expect(codeOf(() => first({ keyCommand: 'exit 3' }, {}))).toBe('GALLERY_KEY_MISSING');
    expect(codeOf(() => first({ keyCommand: 'echo nothing' }, {}))).toBe('GALLERY_KEY_WRONG');
    expect(galleryKeys({}, { ...home, SEMBLANCE_GALLERY_KEYS: '/safe' }).folder).toBe('/safe');
  });

  test('of a file that is there but may not be read are missing, with the reason', () => {
    const path = join(root, 'closed');
    writeFileSync(path, formatMasterKeys([newMasterKey()]), { mode: 0o600 });
    chmodSync(path, 0o000);
    const code = codeOf(() => galleryKeys({ keyFile: path }).masters());
    expect(code).toBe(process.getuid?.() === 0 ? 'no error' : 'GALLERY_KEY_MISSING');
  });
});
