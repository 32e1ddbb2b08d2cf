import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { byCodeUnit } from './list-images.ts';

/** SHA-256 of a file's content, in hex; the file is read as a stream. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/** SHA-256 of bytes in memory, in hex. */
export function hashBytes(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * One hash for a whole data set: SHA-256 over `name NUL contentHash NEWLINE` of every file, in the order of the
 * names. It does not depend on where the data lies, on dates or on the order of the list.
 */
export async function fingerprintFiles(files: readonly { name: string; path: string }[]): Promise<string> {
  const sorted = [...files].sort((a, b) => byCodeUnit(a.name, b.name));
  const hash = createHash('sha256');
  for (const { name, path } of sorted) hash.update(`${name}\0${await hashFile(path)}\n`);
  return hash.digest('hex');
}
