import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashFile, makeFolder, putInPlace, withPath } from '@semblance/core/files';
import { asSemblanceError, isSemblanceError, SemblanceError } from '../../error.ts';
import type { Fetch, Response } from './http.ts';

export interface DownloadOptions {
  url: string;
  sha256: string;
  /** Exact, where it is known. */
  sizeBytes?: number | undefined;
  /** Where the file goes; what has come so far lies beside it, under `.part`, and is added to by the next call. */
  path: string;
  fetch: Fetch;
  onProgress?: ((doneBytes: number, totalBytes: number | null) => void) | undefined;
  /** Wait before the first new attempt, doubled for each one after it. */
  retryMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Attempts in a row that brought nothing new. */
const MOST_IDLE_ATTEMPTS = 4;
const MOST_ATTEMPTS = 50;
/** Of a file of unknown size no more is taken. */
const MOST_BYTES = 2 ** 31;

/** What another attempt may mend. */
class Passing extends Error {}

/**
 * Fetches a file, and resumes where the last attempt or the last call broke off (Range).
 *
 * The file appears under its name only once its SHA-256 is the expected one.
 *
 * @throws SemblanceError DOWNLOAD_FAILED where it cannot be had; what came of it is kept for the next call.
 *   DOWNLOAD_WRONG_CONTENT where another file came; nothing of it is kept.
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { path, sha256, sizeBytes, retryMs = 1000, signal } = options;
  const part = `${path}.part`;
  await makeFolder(dirname(path));
  // what an earlier call left may be of another file: wrong content then means to start again, once
  let mayBeOfAnother = (await sizeOf(part)) > 0;
  let idle = 0;
  for (let attempt = 1; ; attempt++) {
    const before = await sizeOf(part);
    try {
      const type = await fetchRest(options, part);
      const size = await sizeOf(part);
      if (sizeBytes !== undefined && size < sizeBytes)
        throw new Passing(`it ended after ${size} of ${sizeBytes} bytes`);
      const received = await hashFile(part);
      if (received !== sha256) throw wrongContent(options, received, size, type);
      return await putInPlace(part, path);
    } catch (error) {
      if (isSemblanceError(error, 'DOWNLOAD_WRONG_CONTENT')) {
        await rm(part);
        if (!mayBeOfAnother) throw error;
        mayBeOfAnother = false;
        continue;
      }
      if (!(error instanceof Passing)) throw error;
      idle = (await sizeOf(part)) > before ? 0 : idle + 1;
      if (idle >= MOST_IDLE_ATTEMPTS || attempt >= MOST_ATTEMPTS) throw failed(options, error.message, error);
      await sleep(retryMs * 2 ** Math.min(idle, 5), undefined, signal ? { signal } : {});
    }
  }
}

/** Fetches what the part lacks; gives the type that the server says the content has. */
async function fetchRest(options: DownloadOptions, part: string): Promise<string> {
  const have = await sizeOf(part);
  const limit = options.sizeBytes ?? MOST_BYTES;
  if (have === options.sizeBytes) return '';
  if (have > limit) {
    await rm(part);
    return fetchRest(options, part);
  }
  const headers = {
    'accept-encoding': 'identity',
    ...(have > 0 ? { range: `bytes=${have}-` } : {}),
  };
  const response = await options.fetch(options.url, headers, options.signal).catch((error: unknown) => {
    throw new Passing(reasonOf(error), { cause: error });
  });
  const type = response.headers.get('content-type') ?? '';
  const start = startOf(response, have);
  if (typeof start !== 'number') await response.body?.cancel();
  if (start === 'whole') return type;
  if (start === 'other') {
    await rm(part, { force: true });
    throw new Passing('the server knows no such part of the file');
  }
  if (start === 'refused') {
    const reason = `the server answered ${response.status} ${response.statusText}`.trimEnd();
    if (response.status >= 500 || [408, 425, 429].includes(response.status)) throw new Passing(reason);
    throw failed(options, reason);
  }
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  const total = options.sizeBytes ?? (Number.isFinite(length) ? start + length : null);
  {
    await using file = await open(part, start === 0 ? 'w' : 'r+');
    await write(file, response, start, limit, total, options);
  }
  return type;
}

/** Where the body begins; or that all is there, that what is there is of another file, that there is no body. */
function startOf({ status, headers }: Response, have: number): number | 'whole' | 'other' | 'refused' {
  const range = headers.get('content-range') ?? '';
  if (status === 416 && have > 0) return range === `bytes */${have}` ? 'whole' : 'other';
  if (status === 206) return range.startsWith(`bytes ${have}-`) ? have : 'other';
  return status === 200 ? 0 : 'refused';
}

async function write(
  file: FileHandle,
  response: Response,
  start: number,
  limit: number,
  total: number | null,
  options: DownloadOptions,
): Promise<void> {
  let position = start;
  try {
    for await (const chunk of response.body ?? []) {
      const bytes = chunk as Uint8Array;
      if (position + bytes.length > limit) {
        throw new SemblanceError(
          'DOWNLOAD_WRONG_CONTENT',
          `${options.url} sent more than the ${limit} bytes that the file should have`,
        );
      }
      await file.write(bytes, 0, bytes.length, position);
      position += bytes.length;
      options.onProgress?.(position, total);
    }
  } catch (error) {
    if (error instanceof SemblanceError) throw error;
    const own = asSemblanceError(withPath(error, options.path));
    if (own.code.startsWith('STORAGE_') || own.code === 'PATH_DENIED') throw own; // the disk's, not the network's
    throw new Passing(reasonOf(error), { cause: error });
  }
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

/** The innermost reason: undici wraps what happened twice. */
function reasonOf(error: unknown): string {
  let reason = error as { message?: string; code?: string; cause?: unknown };
  while (reason.cause) reason = reason.cause as typeof reason;
  return reason.message || reason.code || 'the connection broke off';
}

function failed({ url }: DownloadOptions, reason: string, cause?: unknown): SemblanceError {
  return new SemblanceError('DOWNLOAD_FAILED', `${url} could not be downloaded: ${reason}`, {
    ...(cause === undefined ? {} : { cause }),
    details: { url },
  });
}

function wrongContent(
  { url, sha256 }: DownloadOptions,
  received: string,
  sizeBytes: number,
  type: string,
): SemblanceError {
  const page = type.startsWith('text/html') ? ', a web page: a network that asks for a login?' : '';
  return new SemblanceError(
    'DOWNLOAD_WRONG_CONTENT',
    `${url} sent a file other than the one in the catalogue (${sizeBytes} bytes${page}): its SHA-256 is ${received} and not ${sha256}`,
    { details: { url, expected: sha256, received } },
  );
}
