import { SemblanceError } from '../error.ts';

/** Whether a text names a PostgreSQL database. */
export const isPostgresAddress = (text: string): boolean => /^postgres(ql)?:\/\//.test(text);

/**
 * Of an address what may be shown: everything but the password.
 *
 * @example
 * ```ts
 * import { shownAddress } from '@semblance/core/postgres';
 *
 * console.log(shownAddress('postgres://ada:secret@db.example/people')); // postgres://ada@db.example/people
 * ```
 */
export function shownAddress(url: string): string {
  // also of what is no address after all
  return url
    .replace(/(:\/\/[^/?#\s:@]*):[^/?#\s]*@/, '$1@')
    .replace(/([?&](?:ssl)?password=)[^&\s]*/gi, '$1***');
}

/**
 * An address as it was given.
 *
 * @param what it is for: `a store`
 * @throws SemblanceError USAGE_INVALID_VALUE where it is no address of a PostgreSQL database
 */
export function checkAddress(url: string, what: string): string {
  if (isPostgresAddress(url) && URL.canParse(url)) return url;
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `expected ${what} as postgres://USER@HOST/DATABASE but received '${shownAddress(url).slice(0, 200)}'`,
  );
}
