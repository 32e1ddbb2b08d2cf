import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Env, semblanceHome } from '@semblance/core';
import { hashFile, isFile } from '@semblance/core/files';
import { isSemblanceError, SemblanceError } from '../../error.ts';
import { download } from './download.ts';
import { type CatalogueEntry, fileNameOf } from './entry.ts';
import { openHttp } from './http.ts';
import { takeMembers } from './zip-members.ts';

export interface ObtainOptions {
  env: Env;
  /** A file that was fetched elsewhere, or a folder of such files. */
  from?: string | undefined;
  onProgress?: ((doneBytes: number, totalBytes: number | null) => void) | undefined;
  /** Longest time without a byte, and the wait before the first new attempt. */
  idleMs?: number | undefined;
  retryMs?: number | undefined;
}

/** Where files are put that cannot be fetched on this machine, and where downloads lie meanwhile. */
export const downloadsFolder = (env: Env): string => semblanceHome(env, 'downloads');

/**
 * The files of an entry's models, each held against its SHA-256: out of `from`, of the downloads folder, of the mirror
 * (`SEMBLANCE_MODEL_MIRROR`, a base URL or a folder), or fetched from where the entry says.
 *
 * @param dir where members of an archive are put
 * @returns the paths in the order of the entry's models, and the file that was fetched for it, if any
 * @throws SemblanceError DOWNLOAD_FAILED, which says how it is done by hand; DOWNLOAD_WRONG_CONTENT; PATH_NOT_FOUND;
 *   DATA_CORRUPT
 */
export async function obtain(
  entry: CatalogueEntry,
  dir: string,
  options: ObtainOptions,
): Promise<{ paths: string[]; fetched: string | null }> {
  const loose = options.from === undefined ? null : await looseMembers(entry, options.from);
  if (loose) return { paths: loose, fetched: null };
  const { path, isFetched } = await obtainFile(entry, options);
  const members = entry.models.flatMap(({ member }) => member ?? []);
  const paths = members.length === 0 ? [path] : await takeMembers(path, members, dir);
  return { paths, fetched: isFetched ? path : null };
}

/** The members of an archive that somebody has unpacked into a folder already, where all of them can be checked. */
async function looseMembers(entry: CatalogueEntry, from: string): Promise<string[] | null> {
  const paths: string[] = [];
  for (const { member } of entry.models) {
    if (!member?.sha256) return null;
    const path = join(from, member.file);
    if (!(await isFile(path))) return null;
    await requireHash(path, member.sha256);
    paths.push(path);
  }
  return paths;
}

async function obtainFile(
  entry: CatalogueEntry,
  options: ObtainOptions,
): Promise<{ path: string; isFetched: boolean }> {
  const { env, from } = options;
  const name = fileNameOf(entry);
  if (from !== undefined) return { path: await localFile(entry, from), isFetched: false };
  const placed = join(downloadsFolder(env), name);
  if (await isFile(placed)) return { path: await localFile(entry, placed), isFetched: false };
  const mirror = env.SEMBLANCE_MODEL_MIRROR;
  const isRemote = /^https?:\/\//i.test(mirror ?? '');
  if (mirror && !isRemote) {
    const folder = mirror.startsWith('file:') ? fileURLToPath(mirror) : mirror;
    return { path: await localFile(entry, folder), isFetched: false };
  }
  const url = mirror ? `${mirror.replace(/\/+$/, '')}/${name}` : entry.file.url;
  // by its hash: what is left of a broken download is never of another file of the same name
  const path = join(downloadsFolder(env), entry.file.sha256);
  const http = await openHttp(env, options.idleMs);
  const { sha256, sizeBytes } = entry.file;
  const { onProgress, retryMs } = options;
  try {
    await download({ url, sha256, sizeBytes, path, fetch: http.fetch, onProgress, retryMs });
    return { path, isFetched: true };
  } catch (error) {
    if (!isSemblanceError(error, 'DOWNLOAD_FAILED')) throw error;
    throw new SemblanceError('DOWNLOAD_FAILED', byHand(error.message, entry, placed), {
      cause: error,
      details: error.details,
    });
  } finally {
    await http.close();
  }
}

/** A file on this machine, by its own path or in a folder, if it is the entry's. */
async function localFile(entry: CatalogueEntry, from: string): Promise<string> {
  const path = (await isFile(from)) ? from : join(from, fileNameOf(entry));
  if (!(await isFile(path)))
    throw new SemblanceError(
      'PATH_NOT_FOUND',
      `${from} is neither a file nor a folder that contains ${fileNameOf(entry)}`,
    );
  await requireHash(path, entry.file.sha256);
  return path;
}

async function requireHash(path: string, sha256: string): Promise<void> {
  const received = await hashFile(path);
  if (received === sha256) return;
  throw new SemblanceError(
    'DOWNLOAD_WRONG_CONTENT',
    `${path} is not the file in the catalogue: its SHA-256 is ${received} and not ${sha256}`,
    { details: { path, expected: sha256, received } },
  );
}

function byHand(reason: string, entry: CatalogueEntry, placed: string): string {
  return (
    `${reason}. Run the command again to resume. Behind a proxy, set HTTPS_PROXY. On a machine without a way out, ` +
    `fetch ${entry.file.url} elsewhere and give it: semblance model pull ${entry.name} --from FILE, ` +
    `or put it at ${placed} and run the command again`
  );
}
