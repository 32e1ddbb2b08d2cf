import { expect, test } from 'vitest';
import {
  asSemblanceError,
  defineErrors,
  errorEntries,
  failure,
  isErrorCode,
  isSemblanceError,
  SemblanceError,
  usage,
} from './error.ts';

test('codes are SCREAMING_SNAKE, with a sentence and whose fault it is', () => {
  for (const [code, entry] of errorEntries) {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(entry.sentence).toMatch(/^[A-Z].*\.$/);
    expect(['caller', 'ours']).toContain(entry.fault);
  }
});

test('an error carries its code, fault, cause and details, and tells only code and message', () => {
  const cause = new Error('secret path');
  const error = new SemblanceError('PATH_NOT_FOUND', 'no such folder: x', { cause, details: { dir: 'x' } });
  expect(error).toMatchObject({
    code: 'PATH_NOT_FOUND',
    fault: 'caller',
    cause,
    details: { dir: 'x' },
  });
  expect(JSON.parse(JSON.stringify(error))).toEqual({ code: 'PATH_NOT_FOUND', message: 'no such folder: x' });
});

test('foreign errors are wrapped once and keep their cause', () => {
  const foreign = new TypeError('boom');
  const wrapped = asSemblanceError(foreign, 'DATA_INVALID');
  expect(wrapped).toMatchObject({ code: 'DATA_INVALID', message: 'boom', cause: foreign });
  expect(asSemblanceError(wrapped)).toBe(wrapped);
  expect(isSemblanceError(wrapped, 'DATA_INVALID')).toBe(true);
  expect(isSemblanceError(wrapped, 'INTERNAL')).toBe(false);
});

test('a table makes its codes known; two meanings of one code are refused', () => {
  expect(isErrorCode('TEST_CODE')).toBe(false);
  const table = { TEST_CODE: failure('For this test alone.') };
  expect(defineErrors(table)).toBe(table);
  expect(defineErrors({ ...table })).toEqual(table);
  expect(isErrorCode('TEST_CODE')).toBe(true);
  expect(() => defineErrors({ TEST_CODE: usage('Something else.') })).toThrow('TEST_CODE is defined twice');
});
