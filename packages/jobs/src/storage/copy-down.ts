import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { lstat, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { mapAhead } from '@semblance/core/async';
import { putInPlace, withPath } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { startHash } from './folder-files.ts';
import { newPathInside, pathInside } from './inside.ts';
import { isOwnKey, stateOf } from './manifest.ts';
import { type CopyOptions, type CopyReport, FILES_AHEAD, progressOf } from './progress.ts';
import type { ObjectStorage } from './storage.ts';

/** A file to fetch; without a hash only its size can be held against what comes. */
interface Wanted {
  key: string;
  sizeBytes: number;
  sha256: string | null;
}

/**
 * Copies what a location holds into a folder: several files at a time, those that are there with the same SHA-256 passed
 * over, one that was broken off gone on with, each held against its hash before it gets its name.
 *
 * Where the location has a manifest, exactly what that names is fetched. Files of the folder that the location does not
 * hold are left alone.
 *
 * @throws SemblanceError STORAGE_INCOMPLETE where an upload was begun and not ended, STORAGE_CORRUPT for an object that
 *   is not the one its hash was taken of, PATH_OUTSIDE_ROOT for a key or a link that leaves the folder, DATA_EMPTY where
 *   there is nothing, and those of {@link ObjectStorage}.
 */
export async function copyDown(
  storage: ObjectStorage,
  folder: string,
  options: CopyOptions = {},
): Promise<CopyReport> {
  const wanted = await listWanted(storage);
  // all keys first: nothing is written where one of them is not acceptable
  for (const { key } of wanted) await pathInside(folder, key);
  const progress = progressOf(wanted, options);

  async function fetch(file: Wanted): Promise<void> {
    options.signal?.throwIfAborted();
    const path = await newPathInside(folder, file.key);
    if (await isThere(path, file)) progress.pass(file.sizeBytes);
    else {
      const sha256 = file.sha256 ?? (await storage.head(file.key))?.sha256 ?? null;
      if (sha256 !== null && (await isThere(path, { ...file, sha256 }))) progress.pass(file.sizeBytes);
      else await download(storage, { ...file, sha256 }, path, progress.bytes, options.signal);
    }
    progress.file(file.key);
  }

  for await (const _ of mapAhead(wanted, fetch, FILES_AHEAD));
  return progress.report();
}

/**
 * Brings an earlier output into a folder before a run, so that the run can go on from it.
 *
 * @returns what was found: only a `complete` or `foreign` one is brought.
 */
export async function predownload(
  storage: ObjectStorage,
  folder: string,
  options: CopyOptions = {},
): Promise<'complete' | 'incomplete' | 'foreign' | 'empty'> {
  const { kind } = await stateOf(storage);
  if (kind === 'complete' || kind === 'foreign') await copyDown(storage, folder, options);
  return kind;
}

async function listWanted(storage: ObjectStorage): Promise<Wanted[]> {
  const state = await stateOf(storage);
  if (state.kind === 'complete') {
    return Object.entries(state.manifest.files).map(([key, file]) => ({ key, ...file }));
  }
  if (state.kind === 'incomplete') {
    throw new SemblanceError(
      'STORAGE_INCOMPLETE',
      `an upload to ${storage.url} was started and never finished: run it again, or delete what it left`,
    );
  }
  if (state.kind === 'empty') throw new SemblanceError('DATA_EMPTY', `there is nothing at ${storage.url}`);
  const listed: Wanted[] = [];
  for await (const object of storage.list()) {
    if (!isOwnKey(object.key)) listed.push({ ...object, sha256: null });
  }
  return listed;
}

/** Whether a file with that very content is there. */
async function isThere(path: string, { sizeBytes, sha256 }: Wanted): Promise<boolean> {
  if (sha256 === null) return false;
  const stats = await lstat(path).catch(() => null);
  if (!stats?.isFile() || stats.size !== sizeBytes) return false;
  return (await startHash(path)).digest('hex') === sha256;
}

async function download(
  storage: ObjectStorage,
  { key, sizeBytes, sha256 }: Wanted,
  path: string,
  onBytes: (count: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const part = `${path}.part`;
  const left = sha256 === null ? null : await lstat(part).catch(() => null);
  const fromByte = left?.isFile() && left.size <= sizeBytes ? left.size : 0;
  if (fromByte === 0) await rm(part, { force: true });
  const hash = fromByte > 0 ? await startHash(part, signal) : createHash('sha256');
  onBytes(fromByte);
  let received = fromByte;
  if (received < sizeBytes || sizeBytes === 0) {
    const source = await storage.read(key, { fromByte, ...(signal ? { signal } : {}) });
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          received += chunk.length;
          onBytes(chunk.length);
          yield chunk;
        }
      },
      // a link in the place of the file would be one made meanwhile: it is not followed, a new file is made
      createWriteStream(part, { flags: fromByte > 0 ? 'a' : 'wx' }),
      { signal },
    ).catch((error: unknown) => {
      throw withPath(error, path);
    });
  }
  const isSound = received === sizeBytes && (sha256 === null || hash.digest('hex') === sha256);
  if (!isSound) {
    await rm(part, { force: true });
    // what an earlier try left may be of an object that has been replaced since
    if (fromByte > 0) return download(storage, { key, sizeBytes, sha256 }, path, onBytes, signal);
    throw new SemblanceError(
      'STORAGE_CORRUPT',
      `${key} of ${storage.url} does not match its hash: upload it again`,
    );
  }
  await putInPlace(part, path);
}
