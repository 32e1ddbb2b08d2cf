import { SemblanceError } from '../../error.ts';

export const BLOCK = 512;

/** Kinds of members, by the type flag of POSIX ustar, pax and GNU tar. */
const kinds: Record<string, TarHeader['kind']> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'link',
  '2': 'link',
  '3': 'device',
  '4': 'device',
  '5': 'folder',
  '6': 'device',
  x: 'pax',
  g: 'pax-global',
  L: 'long-name',
  K: 'long-link',
};

export interface TarHeader {
  name: string;
  sizeBytes: number;
  kind: 'file' | 'folder' | 'link' | 'device' | 'pax' | 'pax-global' | 'long-name' | 'long-link' | 'unknown';
}

const text = (block: Uint8Array, start: number, length: number): string => {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString('utf8');
};

/** Octal digits, or GNU's big-endian number behind a first byte of 0x80. */
function number(block: Uint8Array, start: number, length: number, where: string): number {
  if (block[start] === 0x80) return Buffer.from(block).readUIntBE(start + length - 6, 6);
  const digits = text(block, start, length).trim();
  if (!/^[0-7]*$/.test(digits))
    throw new SemblanceError('DATA_CORRUPT', `${where}: a field that should be an octal number is not one`);
  return Number.parseInt(digits || '0', 8);
}

/** Sum of the bytes of a header, its own eight counted as spaces. */
const checksum = (block: Uint8Array): number =>
  block.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 0x20 : byte), 0);

/** Whether these 512 bytes begin a tar file of POSIX or GNU. */
export const isTarHeader = (block: Uint8Array): boolean => text(block, 257, 5) === 'ustar';

/**
 * Reads a header of POSIX ustar or GNU tar; null for the block of zeros that ends a file.
 *
 * @throws SemblanceError DATA_CORRUPT where the checksum is wrong.
 * @see POSIX.1-2017 pax, ustar interchange format
 */
export function decodeTarHeader(block: Uint8Array, where: string): TarHeader | null {
  if (block.every((byte) => byte === 0)) return null;
  if (number(block, 148, 8, where) !== checksum(block)) {
    throw new SemblanceError('DATA_CORRUPT', `${where}: the checksum of a header is wrong`);
  }
  // GNU writes other things where POSIX has the prefix
  const isPosix = block[262] === 0 && isTarHeader(block);
  const prefix = isPosix ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    sizeBytes: number(block, 124, 12, where),
    kind: kinds[String.fromCharCode(block[156]!)] ?? 'unknown',
  };
}

/** A header of POSIX ustar for a file, or for what pax says of the next one; owner 0, mode 644, time 0. */
export function encodeTarHeader(name: string, sizeBytes: number, type: '0' | 'x'): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, start: number, length: number): void =>
    void block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, start, 'latin1');
  block.write(name, 0, 100, 'utf8');
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(sizeBytes, 124, 12);
  octal(0, 136, 12);
  block.write(type, 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** The records `length key=value NEWLINE` of a pax header. */
export function parsePax(bytes: Uint8Array, where: string): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(Buffer.from(bytes.subarray(at, space)).toString('latin1'));
    const record = Buffer.from(bytes.subarray(space + 1, at + length)).toString('utf8');
    const equals = record.indexOf('=');
    if (space < 0 || !Number.isInteger(length) || length < 5 || equals < 0 || !record.endsWith('\n')) {
      throw new SemblanceError('DATA_CORRUPT', `${where}: a pax header cannot be read`);
    }
    records.set(record.slice(0, equals), record.slice(equals + 1, -1));
    at += length;
  }
  return records;
}

/** A record of a pax header; its length counts its own digits. */
export function paxRecord(key: string, value: string): Uint8Array {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  length = rest + String(length).length;
  return Buffer.from(`${length} ${key}=${value}\n`);
}
