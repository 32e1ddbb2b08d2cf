import { PickleError } from '@semblance/core/pickle';
import { SemblanceError } from '../error.ts';

const codes = {
  forbidden: 'DATA_FORBIDDEN',
  operation: 'DATA_FORBIDDEN',
  truncated: 'DATA_CORRUPT',
  limit: 'DATA_INVALID',
  invalid: 'DATA_INVALID',
} as const;

/**
 * What was wrong with a pickle that somebody gave us; any other error as it is.
 *
 * @param file named before it, where the caller does not say it
 */
export function pickleError(cause: unknown, file?: string): unknown {
  if (!(cause instanceof PickleError)) return cause;
  const message = file === undefined ? cause.message : `${file}: ${cause.message}`;
  return new SemblanceError(codes[cause.fault], message, { cause });
}
