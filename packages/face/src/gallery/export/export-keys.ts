import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  scryptSync,
} from 'node:crypto';
import { chmod, link, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Env, semblanceHome } from '@semblance/core';
import { asidePath, makeFolder } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import type { ExportHeader } from './header.ts';

/** What opens an export: a passphrase that people remember, or a key of 32 bytes. */
export type ExportSecret = { passphrase: string } | { key: Uint8Array };

/** scrypt's cost: 128 MiB and half a second. */
const COST = { N: 1 << 17, r: 8, p: 1 };
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where the key lies that this user's exports are signed with. */
export const signingKeyFile = (env: Env = process.env): string =>
  semblanceHome(env, 'keys', 'export-signing.pem');

/** The key that exports are signed with, made where there is none yet: Ed25519, PKCS #8 in PEM. */
export async function signingKey(path: string): Promise<KeyObject> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  if (text === null) {
    await makeFolder(dirname(path), { mode: 0o700 });
    const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
    const aside = asidePath(path);
    await writeFile(aside, pem, { mode: 0o600, flush: true });
    await chmod(aside, 0o600);
    // whoever is first has made it
    await link(aside, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await rm(aside, { force: true });
    return signingKey(path);
  }
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // said below
  }
  throw new SemblanceError(
    'EXPORT_KEY_WRONG',
    `${path} is no Ed25519 key in PEM: exports are signed with one`,
  );
}

/** A public key in the form that people hand on: SPKI in base64. */
export const publicKeyText = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');

/** @throws SemblanceError EXPORT_KEY_WRONG for what is no such key */
export function readPublicKey(text: string): KeyObject {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // said below
  }
  throw new SemblanceError(
    'EXPORT_KEY_WRONG',
    `'${text.slice(0, 80)}' is no public key that exports are signed for`,
  );
}

/** A new key for a file, and what of it stands in the header. */
export function lockFile(secret: ExportSecret): {
  fileKey: Buffer;
  lock: ExportHeader['lock'];
  wrappedKey: string;
} {
  const fileKey = randomBytes(KEY_BYTES);
  const salt = randomBytes(16);
  const lock: ExportHeader['lock'] =
    'passphrase' in secret ? { kind: 'passphrase', salt: salt.toString('base64'), ...COST } : { kind: 'key' };
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(secret, lock), nonce, {
    authTagLength: TAG_BYTES,
  });
  const wrapped = Buffer.concat([nonce, cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  return { fileKey, lock, wrappedKey: wrapped.toString('base64') };
}

/** @throws SemblanceError EXPORT_KEY_WRONG */
export function unlockFile({ lock, wrappedKey }: ExportHeader, secret: ExportSecret): Buffer {
  const wrapped = Buffer.from(wrappedKey, 'base64');
  const end = wrapped.length - TAG_BYTES;
  try {
    const key = wrappingKey(secret, lock);
    const nonce = wrapped.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(wrapped.subarray(end));
    return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, end)), decipher.final()]);
  } catch (cause) {
    if (cause instanceof SemblanceError) throw cause;
    const what = lock.kind === 'passphrase' ? 'passphrase' : 'key';
    throw new SemblanceError(
      'EXPORT_KEY_WRONG',
      `the ${what} does not open this export: it was made with another one`,
      {
        cause,
      },
    );
  }
}

function wrappingKey(secret: ExportSecret, lock: ExportHeader['lock']): Buffer {
  if (lock.kind === 'passphrase') {
    if (!('passphrase' in secret))
      throw new SemblanceError('EXPORT_KEY_WRONG', 'this export is opened by a passphrase, not by a key');
    const { N, r, p } = lock;
    const salt = Buffer.from(lock.salt, 'base64');
    return scryptSync(secret.passphrase.normalize('NFC'), salt, KEY_BYTES, { N, r, p, maxmem: 160 * N * r });
  }
  if (!('key' in secret))
    throw new SemblanceError('EXPORT_KEY_WRONG', 'this export is opened by a key, not by a passphrase');
  if (secret.key.length === KEY_BYTES) return Buffer.from(secret.key);
  throw new SemblanceError(
    'EXPORT_KEY_WRONG',
    `a key has ${KEY_BYTES} bytes; this one has ${secret.key.length}`,
  );
}
