import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { SemblanceError } from '../error.ts';
import { asPhotoError, isPhotoError } from './photo-error.ts';

const thrown = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (reason: unknown) => reason,
  );

test('what the file system says becomes an error of the photo', async () => {
  expect(asPhotoError(await thrown(readFile('/nowhere/a.jpg')))).toMatchObject({ code: 'PATH_NOT_FOUND' });
  expect(asPhotoError(await thrown(readFile('/')))).toMatchObject({ code: 'IMAGE_UNREADABLE' });
});

test('faults of models and of ours are not the photo’s', () => {
  const truncated = new SemblanceError('IMAGE_TRUNCATED');
  expect(asPhotoError(truncated)).toBe(truncated);
  for (const fault of [new SemblanceError('MODEL_CLOSED'), new TypeError('x is not a function'), null]) {
    expect(isPhotoError(fault)).toBe(false);
    let caught: unknown;
    try {
      asPhotoError(fault);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(fault);
  }
});
