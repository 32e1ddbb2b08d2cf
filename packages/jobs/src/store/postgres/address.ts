import { SemblanceError } from '../../error.ts';

/** Of an address what may be shown: everything but the password. */
export function shownAddress(url: string): string {
  // also of what is no address after all
  return url
    .replace(/(:\/\/[^/?#\s:@]*):[^/?#\s]*@/, '$1@')
    .replace(/([?&](?:ssl)?password=)[^&\s]*/gi, '$1***');
}

/** @throws USAGE_INVALID_VALUE where it is no address of a PostgreSQL database */
export function checkAddress(url: string): string {
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return url;
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `expected a store as postgres://USER@HOST/DATABASE but received '${shownAddress(url).slice(0, 200)}'`,
  );
}
