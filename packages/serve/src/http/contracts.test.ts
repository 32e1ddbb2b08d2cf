import { expect, test } from 'vitest';
import { contractOf, contracts, faceIdOf } from './contracts.ts';

test('an id survives being written as a UUID, in either case, and as a number', () => {
  for (const id of [1, 255, 2 ** 31, 2 ** 48 - 1]) {
    const uuid = contracts.compreface.imageId(id);
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([uuid, uuid.toUpperCase(), contracts.none.imageId(id)].map(faceIdOf)).toEqual([id, id, id]);
  }
  expect(contracts.compreface.imageId(42)).toBe('00000000-0000-8000-8000-00000000002a');
});

test('anything else is no face’s id', () => {
  const other = '6b135f5b-a365-4522-b1f1-4c9ac2dd0728';
  const broken = ['00000000-0000-8000-8000-', '00000000-0000-8000-8000-00000000002g', `${'0'.repeat(7)}-1`];
  for (const text of ['', '-1', '1.5', '0x1', ' 1', '1e3', '9'.repeat(16), other, ...broken]) {
    expect(faceIdOf(text), text).toBe(-1);
  }
});

test('CompreFace’s contract is that of its own routes alone', () => {
  for (const path of ['recognition/faces?x=1', 'detection/detect', 'verification/verify'])
    expect(contractOf(`/api/v1/${path}`, 'compreface')).toBe(contracts.compreface);
  for (const path of [
    '/api/v1/deployments',
    '/api/v1/status',
    '/api/v1/recognitions',
    '/v2/models',
    '/metrics',
  ])
    expect(contractOf(path, 'compreface')).toBe(contracts.none);
  expect(contractOf('/api/v1/recognition/faces', 'none')).toBe(contracts.none);
});
