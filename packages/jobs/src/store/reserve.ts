import { randomBytes } from 'node:crypto';
import { lstatSync, rmSync, statfsSync } from 'node:fs';
import { writeFileAsideSync } from '@semblance/core/files';
import { storePaths } from '../home.ts';

/** Room that is set aside for the store, so that what a full disk has done can be written down. */
const RESERVE_BYTES = 8 << 20;
/** Less is as good as nothing: SQLite's log alone takes that much. */
const LOW_BYTES = 4 << 20;
/** Versions that wait begin only with this much. */
export const START_BYTES = 32 << 20;
export const freeBytes = (home: string): number => {
  const { bavail, bsize } = statfsSync(home);
  return bavail * bsize;
};

export const isDiskFull = (home: string): boolean => freeBytes(home) < LOW_BYTES;

/** What is to be added to the reason of a failure, where it happened on a full disk; '' otherwise. */
export const diskReason = (home: string): string =>
  isDiskFull(home) ? `; the disk of ${home} is full: free some of it, then semblance jobs resume` : '';

/** Sets the reserve aside where it is missing and there is plenty of room. */
export function keepReserve(home: string): void {
  const { reserve } = storePaths(home);
  if (lstatSync(reserve, { throwIfNoEntry: false }) || freeBytes(home) < 4 * RESERVE_BYTES) return;
  // zeros would take no room on some file systems
  writeFileAsideSync(reserve, randomBytes(RESERVE_BYTES));
}

/** Gives the reserve back to the disk. @returns whether there was one */
export function releaseReserve(home: string): boolean {
  const { reserve } = storePaths(home);
  if (!lstatSync(reserve, { throwIfNoEntry: false })) return false;
  rmSync(reserve, { force: true });
  return true;
}
