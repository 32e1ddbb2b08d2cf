import { hostname } from 'node:os';
import type { Env } from '@semblance/core';
import { SemblanceError } from './error.ts';

/** Names this machine in a store that several use, where its host name does not do. */
export const MACHINE = 'SEMBLANCE_MACHINE';

/** What this machine is called among those that use a store. @throws USAGE_INVALID_VALUE */
export function machineName(env: Env = process.env): string {
  const name = env[MACHINE] ?? hostname();
  // it is part of the names of files
  if (/^[\w.-]{1,100}$/.test(name)) return name;
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `expected 1 to 100 letters, digits or ._- in ${MACHINE} but received '${name.slice(0, 100)}'`,
  );
}
