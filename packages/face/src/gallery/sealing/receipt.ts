import { createPublicKey, sign, verify } from 'node:crypto';
import type { GallerySeal } from './gallery-seal.ts';

/** A signed statement that somebody was erased from an encrypted gallery, and from every copy of it. */
export interface ErasureReceipt {
  format: 'semblance-erasure/1';
  /** The gallery. */
  galleryId: string;
  /** Who it was: HMAC-SHA256 of the name under the gallery's secret, which only the gallery can tell. */
  subject: string;
  /** Faces that were theirs. */
  numFaces: number;
  /** The name of the key that everything of theirs was sealed by, and when it was destroyed. */
  keyId: string;
  destroyedAt: string;
  /** What the gallery's files had of them afterwards: rows of the database, and bytes of its log that may have had rows. */
  rowsLeft: number;
  logBytes: number;
  /** Ed25519: the gallery's public key (SPKI) and the signature, in base64. */
  publicKey: string;
  signature: string;
}

/** What a receipt says, before it is signed. */
export type Erased = Omit<ErasureReceipt, 'format' | 'galleryId' | 'publicKey' | 'signature'>;

export function signReceipt(seal: GallerySeal, erased: Erased): ErasureReceipt {
  const { galleryId, receiptKey: publicKey } = seal.facts;
  const unsigned = { format: 'semblance-erasure/1', galleryId, ...erased, publicKey } as const;
  return { ...unsigned, signature: sign(null, signedBytes(unsigned), seal.receiptKey()).toString('base64') };
}

/** Whether a receipt is as the one who has its key signed it. */
export function isSigned(receipt: ErasureReceipt): boolean {
  try {
    const publicKey = createPublicKey({
      key: Buffer.from(receipt.publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    });
    return verify(null, signedBytes(receipt), publicKey, Buffer.from(receipt.signature, 'base64'));
  } catch {
    return false; // what stands there is no key
  }
}

/** The same whatever the order of fields in a file. */
function signedBytes(receipt: Omit<ErasureReceipt, 'signature'>): Buffer {
  const { format, galleryId, subject, numFaces, keyId, destroyedAt, rowsLeft, logBytes, publicKey } = receipt;
  return Buffer.from(
    JSON.stringify([format, galleryId, subject, numFaces, keyId, destroyedAt, rowsLeft, logBytes, publicKey]),
  );
}
