import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';

// An export is: the magic, the header's length (u32, little-endian) and the header, JSON in the clear; chunks, each its
// length (u32) and an AES-256-GCM ciphertext with its tag; a length of 0; an Ed25519 signature of all that stands before it.

export const MAGIC = Buffer.from('SMBLEXP1');
export const SIGNATURE_BYTES = 64;
export const TAG_BYTES = 16;
/** Plain bytes of a chunk. */
export const CHUNK_BYTES = 1 << 20;
export const MOST_HEADER_BYTES = 1 << 16;

const base64 = z.base64().max(4096);

export const headerSchema = z.looseObject({
  format: z.literal('semblance-gallery-export/1'),
  createdAt: z.string().max(64),
  modelId: z.string().max(1024),
  embeddingSize: z.int().min(1).max(65_536),
  subjects: z.int().min(0),
  faces: z.int().min(0),
  negatives: z.int().min(0),
  hasCrops: z.boolean(),
  /** The public key that the file is signed for: Ed25519, SPKI. */
  exporter: base64,
  /** What the file's key is wrapped by: a passphrase, by scrypt (RFC 7914), or a key of 32 bytes. */
  lock: z.discriminatedUnion('kind', [
    z.looseObject({
      kind: z.literal('passphrase'),
      salt: base64,
      N: z
        .int()
        .min(2)
        .max(1 << 20),
      r: z.int().min(1).max(32),
      p: z.int().min(1).max(16),
    }),
    z.looseObject({ kind: z.literal('key') }),
  ]),
  /** The file's key: a nonce of 12 bytes, the ciphertext, the tag. */
  wrappedKey: base64,
});

/** What an export says of itself in the clear. */
export type ExportHeader = z.output<typeof headerSchema>;

/** @throws SemblanceError EXPORT_INVALID */
export function parseHeader(bytes: Uint8Array, path: string): ExportHeader {
  try {
    return headerSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    throw new SemblanceError(
      'EXPORT_INVALID',
      `${path} is no export of a gallery that this version can read`,
      { cause },
    );
  }
}

/** What each chunk is bound to, so that none opens in another file. */
export const contextOf = (header: Uint8Array): Buffer =>
  createHash('sha256').update(MAGIC).update(header).digest();

/** The nonce of a chunk: its number, and whether it is the last. A file's key is used for no other file. */
export function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(index), 0);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}
