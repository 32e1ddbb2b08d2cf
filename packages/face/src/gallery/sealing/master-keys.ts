import { createHash } from 'node:crypto';
import { SemblanceError } from '../../error.ts';
import { KEY_BYTES, newKey, open, SEAL_BYTES, seal } from './cipher.ts';

/** A key that other keys are wrapped by. */
export interface MasterKey {
  /** Says which it is without giving it away: 16 hexadecimal digits of its SHA-256. */
  id: string;
  key: Uint8Array;
}

/** Master keys that are known: the first wraps, all unwrap. */
export type MasterKeys = readonly MasterKey[];

const ID_BYTES = 8;
/** Bytes of a key that is wrapped. */
export const WRAPPED_BYTES = ID_BYTES + SEAL_BYTES + KEY_BYTES;

export const masterKey = (key: Uint8Array): MasterKey => ({
  id: createHash('sha256')
    .update('semblance master key')
    .update(key)
    .digest('hex')
    .slice(0, 2 * ID_BYTES),
  key,
});

/**
 * Reads master keys from a text: each is 32 bytes in base64, on a line or between spaces or commas; the first is the
 * current one. Lines that begin with # say something to people.
 *
 * @param from where the text was found, for the error
 * @throws SemblanceError GALLERY_KEY_WRONG for what is no key; no part of the text is in the message
 */
export function parseMasterKeys(text: string, from: string): MasterKeys {
  const words = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => line.split(/[\s,]+/))
    .filter((word) => word !== '');
  const keys = words.map((word) => Buffer.from(word, 'base64'));
  if (keys.length > 0 && keys.every(({ length }) => length === KEY_BYTES)) return keys.map(masterKey);
  const found =
    keys.length === 0 ? 'nothing' : `${keys.find(({ length }) => length !== KEY_BYTES)!.length} bytes`;
  throw new SemblanceError(
    'GALLERY_KEY_WRONG',
    `${from} has no key: expected ${KEY_BYTES} bytes in base64 but received ${found} ` +
      '(semblance gallery new-key FILE makes one)',
  );
}

/** Keys as a file keeps them, see {@link parseMasterKeys}. */
export const formatMasterKeys = (keys: MasterKeys): string =>
  [
    '# Master keys of Semblance galleries: the first wraps, the others still open what they wrapped.',
    '# Without them nobody can read the galleries; whoever has them can. Keep a copy apart from the galleries.',
    ...keys.map(({ key }) => Buffer.from(key).toString('base64')),
    '',
  ].join('\n');

export const newMasterKey = (): MasterKey => masterKey(newKey());

/**
 * Wraps a key by the first of the master keys.
 *
 * @param context what the key is for; it is unwrapped for nothing else
 * @returns `WRAPPED_BYTES` bytes: the master key's id and the sealed key
 */
export function wrapKey(masters: MasterKeys, key: Uint8Array, context: string): Buffer {
  const [{ id, key: master }] = masters as [MasterKey];
  return Buffer.concat([Buffer.from(id, 'hex'), seal(master, key, `${context}/${id}`)]);
}

/**
 * Unwraps a key by the master key that wrapped it.
 *
 * @throws SemblanceError GALLERY_KEY_WRONG where that one is not given; GALLERY_CORRUPT where the bytes were changed
 */
export function unwrapKey(masters: MasterKeys, wrapped: Uint8Array, context: string): Buffer {
  const id = masterIdOf(wrapped);
  const master = masters.find((each) => each.id === id);
  if (master) return open(master.key, wrapped.subarray(ID_BYTES), `${context}/${id}`);
  const given = masters.map((each) => each.id).join(', ');
  throw new SemblanceError(
    'GALLERY_KEY_WRONG',
    `the gallery was encrypted with the master key ${id}, and the one given is ${given}`,
    { details: { expected: id, received: given } },
  );
}

/** The id of the master key that wrapped a key. */
export const masterIdOf = (wrapped: Uint8Array): string =>
  Buffer.from(wrapped.subarray(0, ID_BYTES)).toString('hex');
