import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, randomFillSync } from 'node:crypto';
import { SemblanceError } from '../../error.ts';

// What is sealed is a byte that says how (1: AES-256-GCM), a nonce of 12 bytes, the ciphertext and a tag of 16 bytes.

const CIPHER = 'aes-256-gcm';
const VERSION = 1;
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;
/** Bytes that sealing adds. */
export const SEAL_BYTES = HEAD_BYTES + TAG_BYTES;

/** A new random key of 256 bits. */
export const newKey = (): Buffer => randomBytes(KEY_BYTES);

/** Random numbers are asked for in large pieces: a call for twelve bytes takes as long as sealing does. */
const pool = Buffer.alloc(NONCE_BYTES * 1024);
let used = pool.length;

function newNonce(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += NONCE_BYTES;
  return pool.subarray(used - NONCE_BYTES, used);
}

/**
 * Encrypts bytes and binds them to their place: AES-256-GCM with a random nonce (NIST SP 800-38D).
 *
 * @param key 32 bytes
 * @param context what the bytes are and where they belong; they open in no other place
 * @returns `SEAL_BYTES` more than were given
 */
export function seal(key: Uint8Array, plain: Uint8Array, context: string): Buffer {
  const nonce = newNonce();
  // a key as an object: Node.js takes ten times as long for one in bytes
  const cipher = createCipheriv(CIPHER, createSecretKey(key), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.allocUnsafeSlow(SEAL_BYTES + plain.length);
  sealed[0] = VERSION;
  sealed.set(nonce, 1);
  sealed.set(cipher.update(plain), HEAD_BYTES);
  cipher.final();
  sealed.set(cipher.getAuthTag(), HEAD_BYTES + plain.length);
  return sealed;
}

/**
 * Decrypts what {@link seal} made, in the place that it was made for.
 *
 * @throws SemblanceError GALLERY_CORRUPT where a bit of it is another, or the key or the place
 */
export function open(key: Uint8Array, sealed: Uint8Array, context: string): Buffer {
  if (sealed.length < SEAL_BYTES || sealed[0] !== VERSION) throw notOpened(context);
  const nonce = sealed.subarray(1, HEAD_BYTES);
  const decipher = createDecipheriv(CIPHER, createSecretKey(key), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const plain = decipher.update(sealed.subarray(HEAD_BYTES, sealed.length - TAG_BYTES));
  try {
    decipher.final();
  } catch (cause) {
    throw notOpened(context, cause);
  }
  return plain;
}

const notOpened = (context: string, cause?: unknown): SemblanceError =>
  new SemblanceError(
    'GALLERY_CORRUPT',
    `what is stored of ${context} cannot be decrypted: it was changed, or belongs elsewhere`,
    cause === undefined ? {} : { cause },
  );
