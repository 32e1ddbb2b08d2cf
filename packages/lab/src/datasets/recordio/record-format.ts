import { SemblanceError } from '../../error.ts';

/** Every part of a record begins with it. */
const MAGIC = 0xced7230a;

/** Lengths are 29 bits: a payload is shorter than this. */
export const MAX_RECORD_BYTES = 2 ** 29;

/** Place of a part within its record: the upper three bits of the word after the magic. */
const flags = { whole: 0, first: 1, middle: 2, last: 3 } as const;

/**
 * Frames a payload as RecordIO of dmlc-core and MXNet does: `u32 0xced7230a, u32 flag << 29 | length, payload`, all
 * little-endian, filled with zeros to a multiple of 4 bytes.
 *
 * Where the payload itself holds the magic at an offset that is a multiple of 4, it is cut there and the magic left out,
 * so that a reader can find the next record from any aligned place.
 *
 * @throws SemblanceError DATA_INVALID for a payload of 2^29 bytes or more.
 * @see dmlc-core src/recordio.cc
 */
export function encodeRecord(payload: Uint8Array): Uint8Array {
  if (payload.length >= MAX_RECORD_BYTES) {
    const message = `a record holds less than ${MAX_RECORD_BYTES} bytes but received ${payload.length}`;
    throw new SemblanceError('DATA_INVALID', message);
  }
  const cuts = magicOffsets(payload);
  // a cut drops 4 bytes of magic and adds a head of 8
  const record = new Uint8Array(8 + padded(payload.length) + 4 * cuts.length);
  const view = new DataView(record.buffer);
  let [from, to] = [0, 0];
  const part = (flag: number, end: number): void => {
    view.setUint32(to, MAGIC, true);
    view.setUint32(to + 4, ((flag << 29) | (end - from)) >>> 0, true);
    record.set(payload.subarray(from, end), to + 8);
    to += 8 + (end - from);
  };
  for (const cut of cuts) {
    part(from === 0 ? flags.first : flags.middle, cut);
    from = cut + 4;
  }
  part(cuts.length === 0 ? flags.whole : flags.last, payload.length);
  return record;
}

/**
 * Reads the record at the beginning of `bytes`, which may go on behind it.
 *
 * @param where names the record in errors.
 * @returns the payload (a view of `bytes` where the record is whole, else a copy) and the length of the record in the file.
 * @throws SemblanceError DATA_CORRUPT where the magic is missing, the parts are out of order or the bytes end too early.
 */
export function decodeRecord(bytes: Uint8Array, where: string): { payload: Uint8Array; sizeBytes: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    if (at + 8 > bytes.length) throw corrupt(where, 'the file ends within a record');
    if (view.getUint32(at, true) !== MAGIC) throw corrupt(where, 'no record begins here');
    const word = view.getUint32(at + 4, true);
    const [flag, length] = [word >>> 29, word & (MAX_RECORD_BYTES - 1)];
    const isFirst = parts.length === 0;
    if (flag > flags.last || isFirst !== (flag === flags.whole || flag === flags.first))
      throw corrupt(where, `the parts of the record are out of order (flag ${flag})`);
    at += 8;
    if (at + length > bytes.length) throw corrupt(where, 'the file ends within a record');
    parts.push(bytes.subarray(at, at + length));
    at += padded(length);
    if (flag === flags.whole || flag === flags.last) break;
  }
  return { payload: parts.length === 1 ? parts[0]! : joined(parts), sizeBytes: at };
}

/** Puts back the magic that was dropped between the parts. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 4 * (parts.length - 1));
  const payload = new Uint8Array(length);
  const view = new DataView(payload.buffer);
  let to = 0;
  for (const [i, part] of parts.entries()) {
    if (i > 0) {
      view.setUint32(to, MAGIC, true);
      to += 4;
    }
    payload.set(part, to);
    to += part.length;
  }
  return payload;
}

function magicOffsets(payload: Uint8Array): number[] {
  const offsets: number[] = [];
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const end = payload.length - (payload.length % 4);
  for (let at = 0; at < end; at += 4) if (view.getUint32(at, true) === MAGIC) offsets.push(at);
  return offsets;
}

const padded = (length: number): number => Math.ceil(length / 4) * 4;

function corrupt(where: string, why: string): SemblanceError {
  return new SemblanceError('DATA_CORRUPT', `${where}: ${why}`);
}
