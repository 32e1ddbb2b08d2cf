// Damage and full disks of the service's own are neither the caller's fault nor the deployed model's.
import { expect, test } from 'vitest';
import { type ErrorCode, SemblanceError } from '../error.ts';
import { contracts } from './contracts.ts';
import { answeredStatus } from './errors.ts';
import { leased } from './leased.ts';

const ofState: ErrorCode[] = [
  'DATA_CORRUPT',
  'GALLERY_CORRUPT',
  'GALLERY_KEY_MISSING',
  'GALLERY_KEY_WRONG',
  'STORAGE_FULL',
  'STORAGE_READ_ONLY',
  'STORAGE_FAILED',
];

test.each(Object.entries(contracts))('by the contract of %s they are answered as ours', (_, contract) => {
  for (const code of ofState) expect(answeredStatus(code, contract), code).toBeGreaterThanOrEqual(500);
});

test('no deployment is rolled back for them, but for a model that fails', async () => {
  const isFaultOf = async (code: ErrorCode): Promise<boolean | undefined> => {
    let noted: boolean | undefined;
    const lease = { unit: null as never, done: (isFault: boolean) => void (noted = isFault) };
    const fail = () => Promise.reject(new SemblanceError(code));
    await expect(leased(lease as never, fail)).rejects.toMatchObject({ code });
    return noted;
  };
  for (const code of ofState) expect(await isFaultOf(code), code).toBe(false);
  for (const code of ['INTERNAL', 'WORKER_LOST', 'MODEL_INVALID'] as const)
    expect(await isFaultOf(code), code).toBe(true);
});
