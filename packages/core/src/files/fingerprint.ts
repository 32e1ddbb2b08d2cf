import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { byCodeUnit } from './list-images.ts';

/** SHA-256 of a file's content, in hex; the file is read as a stream. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/** Files beyond this are identified by their size and ends: to read them whole would take minutes. */
const MOST_HASHED_BYTES = 2 ** 31;

/** The file's hash; of one beyond 2 GiB, that of its size and its first and last MiB. */
export async function hashLargeFile(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size <= MOST_HASHED_BYTES) return hashFile(path);
  await using file = await open(path, 'r');
  const ends = Buffer.alloc(2 << 20);
  await file.read(ends, 0, 1 << 20, 0);
  await file.read(ends, 1 << 20, 1 << 20, size - (1 << 20));
  return hashBytes(`${size}\n${hashBytes(ends)}`);
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
