import { expect, test } from 'vitest';
import { asSemblanceError, errorCodes, isSemblanceError, SemblanceError } from './error.ts';

test('codes are SCREAMING_SNAKE, with a sentence, a 4xx or 5xx status and an exit code', () => {
  for (const [code, entry] of Object.entries(errorCodes)) {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(entry.sentence).toMatch(/^[A-Z].*\.$/);
    expect(entry.httpStatus).toBeGreaterThanOrEqual(400);
    expect(entry.httpStatus).toBeLessThan(600);
    expect([1, 2]).toContain(entry.exitCode);
  }
});

test('an error carries its code, status, exit code, cause and details, and tells only code and message', () => {
  const cause = new Error('secret path');
  const error = new SemblanceError('PATH_NOT_FOUND', 'no such folder: x', { cause, details: { dir: 'x' } });
  expect(error).toMatchObject({
    code: 'PATH_NOT_FOUND',
    status: 404,
    exitCode: 2,
    cause,
    details: { dir: 'x' },
  });
  expect(JSON.parse(JSON.stringify(error))).toEqual({ code: 'PATH_NOT_FOUND', message: 'no such folder: x' });
});

test('foreign errors are wrapped once and keep their cause', () => {
  const foreign = new TypeError('boom');
  const wrapped = asSemblanceError(foreign, 'MODEL_INVALID');
  expect(wrapped).toMatchObject({ code: 'MODEL_INVALID', message: 'boom', cause: foreign });
  expect(asSemblanceError(wrapped)).toBe(wrapped);
  expect(isSemblanceError(wrapped, 'MODEL_INVALID')).toBe(true);
  expect(isSemblanceError(wrapped, 'INTERNAL')).toBe(false);
});
