import { createCipheriv, createDecipheriv } from 'node:crypto';

/** The keys of an index's chunks, by the name of the index's file: each seals one content once. */
export interface ChunkKeys {
  readonly galleryId: string;
  /** Keys of an index that is written in the place of another, whose keys are destroyed. */
  make(indexId: string, count: number, replaced: string | null): Buffer[];
  /** Null where it was destroyed. */
  get(indexId: string, chunk: number): Buffer | null;
  /** Another key for a chunk that is written anew; the one of before is destroyed. */
  renew(indexId: string, chunk: number): Buffer;
  /** Destroys the keys of every other index, of which copies may be anywhere; of all where null is given. */
  keepOnly(indexId: string | null): void;
}

/** A chunk's place. */
export interface SealedPlace {
  keys: ChunkKeys;
  indexId: string;
  chunk: number;
}

/** In the head of a chunk, behind the ids of its first and last row. */
const TAG_AT = 24;
const TAG_BYTES = 16;
/** A key seals once, so that the nonce need not be another each time. */
const NONCE = Buffer.alloc(12);

/** Encrypts a chunk; its head gets the tag. */
export function sealChunk(
  place: SealedPlace,
  key: Buffer,
  head: Buffer,
  parts: readonly Uint8Array[],
): Buffer[] {
  head.fill(0, 0, 8); // where the checksum of a chunk in the clear is
  const cipher = createCipheriv('aes-256-gcm', key, NONCE, { authTagLength: TAG_BYTES });
  cipher.setAAD(aadOf(place, head));
  const sealed = parts.map((part) => cipher.update(part));
  cipher.final();
  cipher.getAuthTag().copy(head, TAG_AT);
  return sealed;
}

/** Decrypts a chunk where it lies; false where it was changed or its key was destroyed. */
export function openChunk(place: SealedPlace, head: Buffer, parts: readonly Uint8Array[]): boolean {
  const key = place.keys.get(place.indexId, place.chunk);
  if (!key) return false;
  const decipher = createDecipheriv('aes-256-gcm', key, NONCE, { authTagLength: TAG_BYTES });
  decipher.setAAD(aadOf(place, head));
  decipher.setAuthTag(head.subarray(TAG_AT, TAG_AT + TAG_BYTES));
  for (const part of parts) part.set(decipher.update(part));
  try {
    decipher.final();
    return true;
  } catch {
    return false;
  }
}

const aadOf = ({ keys, indexId, chunk }: SealedPlace, head: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${keys.galleryId}/index/${indexId}/${chunk}/`), head.subarray(0, TAG_AT)]);
