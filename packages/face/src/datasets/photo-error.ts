import { SemblanceError } from '../error.ts';

/**
 * Why a photo cannot be used, as an error of that photo: what decoding says, or what the file system does.
 *
 * Anything else is a fault of ours and is thrown on: it must not pass for a bad photo.
 */
export function asPhotoError(error: unknown): SemblanceError {
  if (error instanceof SemblanceError) return error;
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
  return new SemblanceError(
    isMissing ? 'PATH_NOT_FOUND' : 'IMAGE_UNREADABLE',
    isMissing ? 'no such file' : `the file cannot be read (${code})`,
    { cause: error },
  );
}
