import { crc32 } from 'node:zlib';
import { SemblanceError } from '../../error.ts';
import { blockBytesOf, paddedLength } from '../index/codes.ts';
import type { StoreMark } from '../store.ts';

// An index's file: a page that says what it is, then chunks of rows by rising id. A chunk is a head with its checksum and
// the ids of its first and last row; then all ids, the numbers of their subjects, and the rows as they are in memory
// (`index/codes.ts`). The last chunk is filled up with rows of nobody. Numbers are little-endian.

// Of an encrypted gallery, the ids, numbers and rows of each chunk are sealed by a key of its own (`seal-chunk.ts`).

const MAGIC = 'semblance-index/1';
const SEALED_MAGIC = 'semblance-index/2';
/** Bytes before the first chunk. */
export const HEADER_BYTES = 4096;
export const HEAD_BYTES = 64;
/** Rows of a chunk, a multiple of 4: half a megabyte of 512 numbers, which is written anew when one of them is erased. */
export const CHUNK_ROWS = 1024;

export interface IndexFileHeader {
  format: typeof MAGIC | typeof SEALED_MAGIC;
  /** The name that its chunks' keys go by; an index that is not encrypted has none. */
  indexId?: string;
  dimensions: number;
  numRows: number;
  /** The store's state that it was made of. */
  mark: StoreMark;
}

export const numChunks = ({ numRows }: IndexFileHeader): number => Math.ceil(numRows / CHUNK_ROWS);

/** Bytes of the parts of a chunk. */
export function chunkLayout(dimensions: number) {
  const blocks = (CHUNK_ROWS / 4) * blockBytesOf(paddedLength(dimensions));
  const tables = 16 * CHUNK_ROWS;
  return { tables, blocks, bytes: HEAD_BYTES + tables + blocks };
}

export function headerBytes(header: Omit<IndexFileHeader, 'format'>): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  const format = header.indexId === undefined ? MAGIC : SEALED_MAGIC;
  const text = JSON.stringify({ format, ...header });
  bytes.writeUInt32LE(crc32(text), 0);
  bytes.writeUInt32LE(Buffer.byteLength(text), 4);
  bytes.write(text, 8);
  return bytes;
}

/** @throws SemblanceError GALLERY_CORRUPT, also where it is encrypted and should not be, or the other way round */
export function parseHeader(bytes: Buffer, isSealed: boolean): IndexFileHeader {
  const length = bytes.length === HEADER_BYTES ? bytes.readUInt32LE(4) : 0;
  const text = bytes.subarray(8, 8 + length);
  if (length === 0 || length > HEADER_BYTES - 8 || crc32(text) !== bytes.readUInt32LE(0)) throw damaged();
  const header = JSON.parse(text.toString()) as IndexFileHeader;
  if (header.format !== (isSealed ? SEALED_MAGIC : MAGIC)) throw damaged();
  return header;
}

/** The head of a chunk with these parts. */
export function headOf(first: number, last: number, parts: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeDoubleLE(first, 8);
  head.writeDoubleLE(last, 16);
  head.writeUInt32LE(checksum(head, parts), 0);
  return head;
}

export const isIntact = (head: Buffer, parts: readonly Uint8Array[]): boolean =>
  head.readUInt32LE(0) === checksum(head, parts);

const checksum = (head: Buffer, parts: readonly Uint8Array[]): number =>
  parts.reduce((sum, part) => crc32(part, sum), crc32(head.subarray(4)));

export const damaged = (): SemblanceError =>
  new SemblanceError('GALLERY_CORRUPT', "the gallery's index is damaged");
