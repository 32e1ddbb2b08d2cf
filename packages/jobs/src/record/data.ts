import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { mapAhead } from '@semblance/core/async';
import { hashFile, withPath } from '@semblance/core/files';
import type { DataRecord } from '../model.ts';

/** Sets beyond this are told apart by names, sizes and dates: to read them whole would take longer than many a run. */
const MOST_HASHED_BYTES = 16 * 2 ** 30;
const FILES_AHEAD = 4;

interface DataFile {
  /** Below the input; its own name for a single file. */
  name: string;
  path: string;
  sizeBytes: number;
  modifiedMs: number;
}

export interface RecordDataOptions {
  /** SHA-256 of a file, where it may be known already. */
  hash?(path: string): Promise<string>;
  /** Called as files are done. */
  onFile?(numDone: number, numFiles: number): void;
}

/**
 * Records what an input consists of: a line `name TAB bytes TAB hash` for each file in `listing`, and one fingerprint
 * over names and hashes, `sha256:…`. It does not depend on where the data lies.
 *
 * Of more than 16 GiB the hash is that of size and date, and the fingerprint begins with `dates:`.
 */
export async function recordData(
  { name, location, path }: { name: string; location: string; path: string },
  listing: string,
  { hash = hashFile, onFile = () => {} }: RecordDataOptions = {},
): Promise<DataRecord> {
  const files = await listFiles(path);
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const isHashed = sizeBytes <= MOST_HASHED_BYTES;
  const total = createHash('sha256');
  const hashOf = async (file: DataFile): Promise<[DataFile, string]> => [
    file,
    isHashed ? await hash(file.path) : `${file.modifiedMs}`,
  ];
  let numDone = 0;
  async function* lines(): AsyncGenerator<string> {
    for await (const [file, hash] of mapAhead(files, hashOf, FILES_AHEAD)) {
      onFile(++numDone, files.length);
      total.update(`${file.name}\0${file.sizeBytes}\0${hash}\n`);
      yield `${file.name}\t${file.sizeBytes}\t${hash}\n`;
    }
  }
  await pipeline(lines, createWriteStream(listing)).catch((error: unknown) => {
    throw withPath(error, listing);
  });
  const fingerprint = `${isHashed ? 'sha256' : 'dates'}:${total.digest('hex')}`;
  return { name, location, fingerprint, numFiles: files.length, sizeBytes };
}

/** All files below, in the order of their names; links are followed once, hidden entries are left out. */
async function listFiles(root: string): Promise<DataFile[]> {
  const files: DataFile[] = [];
  const seen = new Set<string>();
  const visit = async (path: string, name: string): Promise<void> => {
    const facts = await stat(path);
    if (facts.isFile()) {
      files.push({ name, path, sizeBytes: facts.size, modifiedMs: Math.round(facts.mtimeMs) });
      return;
    }
    const real = await realpath(path);
    if (!facts.isDirectory() || seen.has(real)) return;
    seen.add(real);
    for await (const entry of await opendir(path)) {
      if (!entry.name.startsWith('.')) await visit(join(path, entry.name), join(name, entry.name));
    }
  };
  await visit(root, '');
  for (const file of files) if (file.name === '') file.name = root.slice(root.lastIndexOf('/') + 1);
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}
