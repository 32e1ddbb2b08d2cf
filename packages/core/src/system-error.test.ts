import {
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { asSemblanceError, isErrorCode } from './error.ts';
import { makeFolder, writeFile } from './files/index.ts';
import { storageError } from './sqlite.ts';
import { refusalByNumber } from './system-error.ts';

const root = mkdtempSync(join(tmpdir(), 'system-error-'));
afterAll(() => rmSync(root, { recursive: true }));
writeFileSync(join(root, 'file'), '');

const errorOf = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
};

describe('what the system refuses', () => {
  const cases: [string, () => unknown, string, RegExp][] = [
    ['ENOENT', () => readFileSync(join(root, 'none')), 'PATH_NOT_FOUND', /no such file or folder: .*none$/],
    [
      'ENOTDIR',
      () => readFileSync(join(root, 'file', 'x')),
      'PATH_NOT_FOUND',
      /a file stands where a folder/,
    ],
    ['EISDIR', () => openSync(root, 'w'), 'PATH_EXISTS', /a folder stands where a file.*choose another name/],
    [
      'EEXIST',
      () => mkdirSync(join(root, 'file')),
      'PATH_EXISTS',
      /already something at .*file: choose another/,
    ],
    ['ENAMETOOLONG', () => readdirSync(join(root, 'x'.repeat(300))), 'USAGE_INVALID_VALUE', /too long/],
  ];
  test.each(cases)('%s', (number, action, code, message) => {
    const error = errorOf(action);
    expect((error as NodeJS.ErrnoException).code).toBe(number);
    expect(asSemblanceError(error)).toMatchObject({
      code,
      message: expect.stringMatching(message),
      cause: error,
    });
  });

  test('every sentence has the path and a next step, and its code is in the table', () => {
    for (const number of [
      'ENOSPC',
      'EDQUOT',
      'EROFS',
      'EACCES',
      'EPERM',
      'EMFILE',
      'ENFILE',
      'EIO',
      'EBUSY',
    ]) {
      const { code, message } = refusalByNumber(number, '/data/x')!;
      expect(isErrorCode(code), number).toBe(true);
      expect(message, number).toMatch(/\/data\/x.*: \w+/);
      expect(refusalByNumber(number, null)!.message, number).not.toContain('null');
    }
    expect(refusalByNumber('toString', null)).toBeNull();
  });

  test.skipIf(process.platform !== 'linux')(
    'a write that finds no room names the file that was open',
    async () => {
      const error = await writeFile('/dev/full', 'x').catch((reason: unknown) => reason);
      expect(asSemblanceError(error)).toMatchObject({
        code: 'STORAGE_FULL',
        message: expect.stringContaining('for /dev/full: free some'),
      });
      // without the path the code is the same
      const bare = errorOf(() => writeSync(openSync('/dev/full', 'w'), 'x'));
      expect(asSemblanceError(bare).code).toBe('STORAGE_FULL');
    },
  );

  test('what is written aside is called by its place', () => {
    const path = join(root, '.model.onnx.00000000-0000-0000-0000-000000000000.tmp');
    const error = Object.assign(new Error('no'), { code: 'ENOSPC', syscall: 'open', path });
    expect(asSemblanceError(error).message).toContain(`for ${join(root, 'model.onnx')}: `);
  });

  test('errors of the network and of JavaScript are not the disk’s', () => {
    const network = { code: 'EACCES', syscall: 'connect', address: '127.0.0.1' };
    expect(asSemblanceError(Object.assign(new Error('no'), network)).code).toBe('INTERNAL');
    expect(asSemblanceError(new TypeError('x')).code).toBe('INTERNAL');
  });
});

test('a folder is made with those around it; where it cannot be, the true reason is given', async () => {
  await makeFolder(join(root, 'a', 'b'), { mode: 0o700 });
  expect(readdirSync(join(root, 'a'))).toEqual(['b']);
  await expect(makeFolder(join(root, 'file', 'b'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('SQLite’s words of the disk, and of nothing else', () => {
  const db = new DatabaseSync(join(root, 'small.db'));
  db.exec('PRAGMA max_page_count = 4; CREATE TABLE t (x)');
  const full = errorOf(() => db.exec('INSERT INTO t VALUES (zeroblob(100000))'));
  expect(storageError(full, '/data/x.db')).toMatchObject({
    code: 'STORAGE_FULL',
    message: expect.stringContaining('/data/x.db: free some'),
  });
  expect(asSemblanceError(full).code).toBe('STORAGE_FULL');
  const wrong = errorOf(() => db.exec('INSERT INTO nothing VALUES (1)'));
  expect(storageError(wrong, '/data/x.db')).toBeNull();
  expect(asSemblanceError(wrong).code).toBe('INTERNAL');
  db.close();
});
