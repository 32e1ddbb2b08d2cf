import { SemblanceError } from '../../error.ts';

/** What is sealed of a face as one piece, so that a face costs one cipher. */
export interface FaceSecrets {
  embedding: Float32Array;
  source: string | null;
  contentHash: string | null;
}

// The numbers of the embedding come first, little-endian, so that they can be read where they are; then the rest as JSON
// in UTF-8, and its length as a number of four bytes.

export function packFace({ embedding, source, contentHash }: FaceSecrets): Buffer {
  const rest = source === null && contentHash === null ? '' : JSON.stringify([source, contentHash]);
  const restBytes = Buffer.byteLength(rest);
  const bytes = Buffer.allocUnsafe(embedding.byteLength + restBytes + 4);
  bytes.set(new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength));
  bytes.write(rest, embedding.byteLength);
  bytes.writeUInt32LE(restBytes, embedding.byteLength + restBytes);
  return bytes;
}

/** The embedding alone, of its own memory. @throws SemblanceError GALLERY_CORRUPT */
export function packedEmbedding(bytes: Uint8Array): Float32Array {
  // bytes may start anywhere in their buffer; floats must not
  return new Float32Array(new Uint8Array(bytes.subarray(0, restStart(bytes))).buffer);
}

/** @throws SemblanceError GALLERY_CORRUPT */
export function unpackFace(bytes: Uint8Array): FaceSecrets {
  const rest = Buffer.from(bytes.subarray(restStart(bytes), bytes.length - 4)).toString();
  const [source, contentHash] =
    rest === '' ? [null, null] : (JSON.parse(rest) as [string | null, string | null]);
  return { embedding: packedEmbedding(bytes), source, contentHash };
}

function restStart(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = bytes.length < 4 ? -1 : bytes.length - 4 - view.getUint32(bytes.length - 4, true);
  if (start >= 0 && start % 4 === 0) return start;
  throw new SemblanceError('GALLERY_CORRUPT', 'a face of the gallery is damaged');
}
