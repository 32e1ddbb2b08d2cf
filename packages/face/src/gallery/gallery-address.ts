import { isPostgresAddress, shownAddress } from '@semblance/core/postgres';

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
