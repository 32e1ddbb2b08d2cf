import { asSemblanceError, SemblanceError } from '../error.ts';

/** Whether an error is a photo's own doing: one photo is refused, and the others can go on. */
export function isPhotoError(error: unknown): error is SemblanceError {
  return (
    error instanceof SemblanceError && /^(IMAGE_|NO_FACE|FACE_|TOO_MANY_FACES|PATH_|DATA_)/.test(error.code)
  );
}

/** Whether it is this process that can open no more files. */
export const isExhausted = (error: unknown): boolean =>
  asSemblanceError(error).code === 'TOO_MANY_OPEN_FILES';

/**
 * Why a photo cannot be read, as an error of that photo: what decoding says, or what the file system does.
 *
 * Anything else is a fault of ours and is thrown on: it must not pass for a bad photo.
 */
export function asPhotoError(error: unknown): SemblanceError {
  if (isPhotoError(error)) return error;
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  // that too many files are open is no fault of a photo's either
  if (code === undefined || syscall === undefined || isExhausted(error)) throw error;
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
  return new SemblanceError(
    isMissing ? 'PATH_NOT_FOUND' : 'IMAGE_UNREADABLE',
    isMissing ? 'no such file' : `the file cannot be read (${code})`,
    { cause: error },
  );
}
