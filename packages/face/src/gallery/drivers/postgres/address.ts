import { checkAddress, shownAddress } from '@semblance/core/postgres';
import { SemblanceError } from '../../../error.ts';

/** Which gallery of which database. */
export interface PostgresPlace {
  /** Of the database, with the password if one was given. */
  url: string;
  /** What may be shown of the address. */
  where: string;
  /** The schema that holds its tables, and the channel that tells of changes. */
  schema: string;
}

/** Where a database's only gallery is, and the beginning of the others' schemas. */
const SCHEMA = 'semblance_gallery';

/**
 * `postgres://USER@HOST/DATABASE?collection=NAME`: a database holds as many galleries as are named.
 *
 * @throws SemblanceError USAGE_INVALID_VALUE
 */
export function parsePlace(address: string): PostgresPlace {
  checkAddress(address, 'a gallery');
  const where = shownAddress(address);
  const collection = new URL(address).searchParams.get('collection') ?? 'default';
  if (!/^[a-z0-9][a-z0-9_-]{0,39}$/.test(collection))
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `the collection in ${where} has to be of small letters, digits, - and _, 40 at most`,
    );
  const url = address.replace(/([?&])collection=[^&#]*(&?)/, (_, before: string, after: string) =>
    after === '' ? '' : before,
  );
  return { url, where, schema: collection === 'default' ? SCHEMA : `${SCHEMA}_${collection}` };
}
