import { SemblanceError } from '../error.ts';

/**
 * A path from a file of someone else's (an archive, a list), if it stays below the folder it is joined to: no `..`, not
 * absolute, no drive, no backslash, no NUL.
 *
 * @returns the path with `/`, without `.` and empty parts
 * @throws SemblanceError PATH_OUTSIDE_ROOT
 */
export function safeRelativePath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const isUnsafe =
    path.startsWith('/') ||
    /^[A-Za-z]:/.test(path) ||
    /[\\\0]/.test(path) ||
    parts.includes('..') ||
    parts.length === 0;
  if (isUnsafe) {
    throw new SemblanceError('PATH_OUTSIDE_ROOT', `"${path.slice(0, 200)}" leads out of its folder`);
  }
  return parts.join('/');
}
