import { closeSync, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { asSemblanceError, SemblanceError } from '../error.ts';
import { isExhausted } from './photo-error.ts';

/** Most bytes of an encoded picture that are read unless told otherwise. */
export const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a regular file whole, but nothing of it if it is larger than the cap (64 MiB).
 *
 * @throws SemblanceError PATH_NOT_FOUND, IMAGE_NOT_AN_IMAGE, IMAGE_TOO_LARGE, IMAGE_UNREADABLE.
 */
export async function readImageFile(path: string, maxBytes: number = MAX_BYTES): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((cause) => {
    throw openError(path, cause);
  });
  try {
    checkFile(path, await file.stat(), maxBytes);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/**
 * {@link readImageFile} for threads that have nothing else to do: each of the four steps it takes goes to another thread
 * and back, ten times the work of a small picture's.
 */
export function readImageFileSync(path: string, maxBytes: number = MAX_BYTES): Uint8Array {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    throw openError(path, cause);
  }
  try {
    checkFile(path, fstatSync(file), maxBytes);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function openError(path: string, cause: unknown): SemblanceError {
  if (isExhausted(cause)) return asSemblanceError(cause);
  const isMissing = ['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '');
  // bytes of a name that are no UTF-8 are replaced when a folder is listed, and lead nowhere
  if (isMissing && path.includes('\ufffd'))
    return new SemblanceError('PATH_NOT_FOUND', `the name is not UTF-8, rename it: ${path}`, { cause });
  if (isMissing) return new SemblanceError('PATH_NOT_FOUND', `no such file: ${path}`, { cause });
  if ((cause as NodeJS.ErrnoException).code === 'EACCES')
    return new SemblanceError('IMAGE_UNREADABLE', `no permission to read: ${path}`, { cause });
  return new SemblanceError('IMAGE_UNREADABLE', `${path} cannot be opened`, { cause });
}

function checkFile(path: string, stats: Stats, maxBytes: number): void {
  if (!stats.isFile()) throw new SemblanceError('IMAGE_NOT_AN_IMAGE', `${path} is not a file`);
  if (stats.size > maxBytes) throw tooManyBytes(path, stats.size, maxBytes);
}

export function tooManyBytes(name: string, sizeBytes: number, maxBytes: number): SemblanceError {
  const message = `${name} has ${sizeBytes} bytes, more than the ${maxBytes} accepted`;
  return new SemblanceError('IMAGE_TOO_LARGE', message, { details: { sizeBytes, maxBytes } });
}
