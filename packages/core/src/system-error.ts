import { basename, dirname, join } from 'node:path';
import type { ErrorCode } from './error.ts';

/** A refusal of the system's in our words. */
export interface SystemRefusal {
  code: ErrorCode;
  message: string;
}

type Meaning = readonly [code: ErrorCode, say: (path: string | null) => string];

const at = (path: string | null, before: string): string => (path === null ? '' : `${before}${path}`);

const full: Meaning = [
  'STORAGE_FULL',
  (path) =>
    `there is no room left on the disk${at(path, ' for ')}: free some, or choose a place on another disk`,
];
const denied: Meaning = [
  'PATH_DENIED',
  (path) =>
    `no permission for ${path ?? 'a file'}: give it to this user, run as a user who has it, or choose another place`,
];
const missing = (path: string | null, what = 'no such file or folder') => `${what}${at(path, ': ')}`;
const tooMany: Meaning = [
  'TOO_MANY_OPEN_FILES',
  (path) =>
    `no more files can be opened${at(path, ', such as ')}: raise the limit (ulimit -n), or run fewer things at once`,
];
const failed: Meaning = [
  'STORAGE_FAILED',
  (path) =>
    `the disk reports an error${at(path, ' for ')}: look into the system’s log, and keep a copy of what is there`,
];

/** What the error numbers of files mean; one of none of these is a fault of ours. */
const meanings: Readonly<Record<string, Meaning>> = {
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: [
    'STORAGE_FULL',
    (path) => `${path ?? 'the file'} is larger than the disk or the limits allow: choose another place`,
  ],
  EROFS: [
    'STORAGE_READ_ONLY',
    (path) =>
      `${path ?? 'the place'} is on a disk that can only be read: choose another place, or mount it for writing`,
  ],
  EIO: failed,
  ESTALE: failed,
  EACCES: denied,
  EPERM: denied,
  EMFILE: tooMany,
  ENFILE: tooMany,
  ENOENT: ['PATH_NOT_FOUND', (path) => missing(path)],
  ENOTDIR: ['PATH_NOT_FOUND', (path) => missing(path, 'a file stands where a folder was expected')],
  ELOOP: ['PATH_NOT_FOUND', (path) => missing(path, 'links that lead in a circle')],
  ENAMETOOLONG: ['USAGE_INVALID_VALUE', (path) => missing(path, 'a name that is too long for the disk')],
  EISDIR: [
    'PATH_EXISTS',
    (path) => `a folder stands where a file was expected${at(path, ': ')}: choose another name`,
  ],
  EEXIST: [
    'PATH_EXISTS',
    (path) => `there is already something${at(path, ' at ')}: choose another place, or remove it`,
  ],
  ENOTEMPTY: [
    'PATH_EXISTS',
    (path) => `the folder${at(path, ' ')} is not empty: choose another place, or empty it`,
  ],
  EBUSY: ['PATH_BUSY', (path) => `${path ?? 'a file'} is in use by another program: end it, and try again`],
  ETXTBSY: ['PATH_BUSY', (path) => `${path ?? 'a file'} is in use by another program: end it, and try again`],
};

/** What was refused by its error number, as `ENOSPC`; null for what is not the file system's. */
export function refusalByNumber(number: string, path: string | null): SystemRefusal | null {
  const meaning = Object.hasOwn(meanings, number) ? meanings[number] : undefined;
  return meaning ? { code: meaning[0], message: meaning[1](path) } : null;
}

/** What SQLite's primary result codes say of the disk; `storageError` of @semblance/core/sqlite knows more, with the path. */
const ofSqlite: Readonly<Record<number, string>> = { 8: 'EROFS', 10: 'EIO', 13: 'ENOSPC' };

/** What an error of a system call on files, or one of SQLite's, says of the disk; null for any other error. */
export function systemRefusal(error: unknown): SystemRefusal | null {
  const { errcode } = (error ?? {}) as { errcode?: unknown };
  if (typeof errcode === 'number') return refusalByNumber(ofSqlite[errcode & 0xff] ?? '', null);
  const { code, syscall, path, dest, address } = (error ?? {}) as NodeJS.ErrnoException & {
    dest?: unknown;
    address?: unknown;
  };
  if (typeof code !== 'string' || typeof syscall !== 'string' || address !== undefined) return null;
  // of two paths the first is ours to read, and the second is the user's place
  const place = typeof dest === 'string' ? dest : typeof path === 'string' ? path : null;
  return refusalByNumber(code, place && placeOf(place));
}

/** The place of what is being written under a name aside, see `asidePath`. */
function placeOf(path: string): string {
  const aside = /^\.(.+)\.[0-9a-f-]{36}\.tmp$/.exec(basename(path));
  return aside ? join(dirname(path), aside[1]!) : path;
}

/** Gives an error of a system call the path that it is about, where the system named only an open file. */
export function withPath(error: unknown, path: string): unknown {
  const system = error as NodeJS.ErrnoException | null;
  if (system instanceof Error && typeof system.syscall === 'string' && system.path === undefined)
    system.path = path;
  return error;
}
