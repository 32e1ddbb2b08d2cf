import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { makeFolderSync, writeFileAsideSync } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import { storePaths } from '../../home.ts';
import type { Work } from '../database.ts';

/** Whether a folder has versions of any store. */
function hasVersions(home: string): boolean {
  const { versions } = storePaths(home);
  return existsSync(versions) && readdirSync(versions).length > 0;
}

/**
 * Ties a store to the folder of its versions' files, which every machine that uses the store has to see: one that sees
 * another folder would run versions whose files it does not have.
 *
 * @param name of this machine
 * @throws JOB_STORE_FOREIGN where it is another folder, or that of another store
 */
export function* bindFolder(id: string, home: string, name: string): Work<void> {
  const { owner } = storePaths(home);
  const [bound] = yield [`SELECT value FROM store WHERE key = 'folder'`];
  const isMarked = existsSync(owner);
  const refuse = (why: string): SemblanceError =>
    new SemblanceError('JOB_STORE_FOREIGN', `${why}; name the right folder with --jobs`);
  if (isMarked && readFileSync(owner, 'utf8').trim() !== id)
    throw refuse(`the versions in ${home} belong to another store than this`);
  if (!isMarked && bound)
    throw refuse(`the files of this store's versions are in ${bound.value}, and ${home} is not that folder`);
  if (!isMarked && hasVersions(home))
    throw refuse(`the versions in ${home} belong to the store in that folder`);
  // first the file: a store that is bound has one
  if (!isMarked) {
    makeFolderSync(home);
    writeFileAsideSync(owner, `${id}\n`);
  }
  if (!bound) yield [`INSERT INTO store (key, value) VALUES ('folder', ?)`, `${home} of ${name}`];
}
