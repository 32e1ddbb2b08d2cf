import { chmodSync, existsSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { putInPlace } from '@semblance/core/files';
import { dropBefore } from './drivers/sqlite-before.ts';
import { settleSqliteFile } from './drivers/sqlite-file.ts';
import { indexFileOf } from './gallery-file.ts';

/**
 * Puts a gallery's finished database in its place in one step, on the disk; one that stands there is replaced.
 *
 * @param part the file, which nobody has open
 * @throws SemblanceError GALLERY_BUSY where another process has the one that stands there open; those of the disk
 */
export async function publishGalleryFile(part: string, path: string): Promise<void> {
  // a log left beside the old file would be replayed into the new one
  if (existsSync(path)) {
    settleSqliteFile(path);
    // who was let in to the old one is let in to the new one
    chmodSync(part, statSync(path).mode & 0o777);
  }
  await rm(indexFileOf(path), { force: true }); // it is of the people who were there
  dropBefore(path);
  await putInPlace(part, path);
}
