import { isPostgresAddress, shownAddress } from '@semblance/core/postgres';
import { SemblanceError } from '../error.ts';

/** Whether a gallery is one of several machines: in a database, by its address. */
export const isGalleryAddress = (place: string): boolean => isPostgresAddress(place);

/**
 * A gallery's place as it may be shown: without a password.
 *
 * @example
 * ```ts
 * import { shownGallery } from '@semblance/face/gallery';
 *
 * console.log(shownGallery('postgres://ada:secret@db.example/people')); // postgres://ada@db.example/people
 * ```
 */
export const shownGallery = (place: string): string =>
  isGalleryAddress(place) ? shownAddress(place) : place;

/** @throws SemblanceError USAGE_INVALID_VALUE for the address of a database, where only a folder will do */
export function requireFolder(place: string): void {
  if (!isGalleryAddress(place)) return;
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `this is done to galleries in folders alone, and ${shownGallery(place)} is in a database: semblance gallery copy makes a folder of it`,
  );
}
