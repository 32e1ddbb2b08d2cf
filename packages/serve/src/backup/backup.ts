import { copyFile, cp, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import {
  exists,
  hashFile,
  makeFolder,
  writeAside,
  writeFileAside,
  writeJsonFile,
} from '@semblance/core/files';
import { copyGalleryFile, GALLERY_FILE, isGalleryAddress } from '@semblance/face/gallery';
import { AUDIT_FILE } from '../audit/audit-log.ts';
import { collectionNames, placeOfCollection } from '../collections/places.ts';
import { RevisionFile } from '../deployments/revision-file.ts';
import { isSemblanceError, SemblanceError } from '../error.ts';
import { BACKUP_FILE, type Backup, NAMES_FILE } from './backup-file.ts';

export interface BackupOptions {
  /** The folder of the service, which may be serving. */
  stateDir: string;
  /** The folder to make. */
  out: string;
}

/**
 * Copies what a service keeps, while it serves: keys, deployments, the models and galleries that they name, collections, the audit.
 *
 * Each gallery is as it was at one moment; models that lie outside of the service's folder are not copied.
 *
 * @throws SemblanceError PATH_NOT_FOUND where no service has been; PATH_EXISTS; GALLERY_CORRUPT, DATA_CORRUPT; those of the disk
 * @example
 * ```ts
 * import { KeyFile, keysPath } from '@semblance/serve';
 * import { backUp, restore } from '@semblance/serve/backup';
 *
 * await (await KeyFile.open(keysPath('state'))).create('read', 'kiosk');
 * await backUp({ stateDir: 'state', out: 'backup' });
 * await restore({ backup: 'backup', stateDir: 'restored' });
 * console.log((await KeyFile.open(keysPath('restored'))).all()[0]?.label); // kiosk
 * ```
 */
export async function backUp({ stateDir, out }: BackupOptions): Promise<Backup> {
  const state = resolve(stateDir);
  if (!(await exists(join(state, 'keys.json'))))
    throw new SemblanceError('PATH_NOT_FOUND', `${stateDir} is not the folder of a service: it has no keys`);
  if (await exists(out)) throw new SemblanceError('PATH_EXISTS', `there is already something at ${out}`);
  let made: Backup | undefined;
  await makeFolder(dirname(resolve(out)));
  await writeAside(resolve(out), async (aside) => {
    await makeFolder(aside, { mode: 0o700 });
    await makeFolder(join(aside, 'state'));
    for (const name of ['keys.json', 'deployments.json', 'audit.key'])
      await copyFile(join(state, name), join(aside, 'state', name)).catch(ignoreMissing);
    await copyAudit(join(state, AUDIT_FILE), join(aside, 'state', AUDIT_FILE));
    await cp(join(state, 'models'), join(aside, 'state', 'models'), { recursive: true }).catch(ignoreMissing);
    const galleries = await copyGalleries(join(aside, 'state', 'deployments.json'), aside);
    await copyCollections(state, join(aside, 'state'));
    const files: Backup['files'] = {};
    for (const path of await filesOf(aside)) files[relative(aside, path)] = await hashFile(path);
    made = {
      format: 'semblance-backup/1',
      createdAt: new Date().toISOString(),
      stateDir: state,
      galleries,
      files,
    };
    await writeJsonFile(join(aside, BACKUP_FILE), made, 0o600);
  });
  return made!;
}

/** The galleries of all that serves, or could be gone back to. */
async function copyGalleries(deployments: string, to: string): Promise<Backup['galleries']> {
  const revisions = (await RevisionFile.open(deployments)).all().filter(({ state }) => state !== 'failed');
  const copied: Backup['galleries'] = [];
  for (const { entries, state } of revisions) {
    for (const { gallery } of entries) {
      // one in a database is not the service's own, and is backed up there
      if (gallery === null || isGalleryAddress(gallery) || copied.some(({ path }) => path === gallery))
        continue;
      const at = join('galleries', String(copied.length));
      const file = (await stat(gallery).catch(() => null))?.isFile() ? gallery : join(gallery, GALLERY_FILE);
      await makeFolder(join(to, at));
      try {
        copyGalleryFile(file, join(to, at, GALLERY_FILE));
      } catch (error) {
        // one that only an older deployment named may be gone
        if (state === 'active' || !isSemblanceError(error, 'GALLERY_NOT_FOUND')) throw error;
        continue;
      }
      await copyFile(`${file}${NAMES_FILE}`, join(to, at, `${GALLERY_FILE}${NAMES_FILE}`)).catch(
        ignoreMissing,
      );
      copied.push({ path: gallery, at });
    }
  }
  return copied;
}

async function copyCollections(from: string, to: string): Promise<void> {
  for (const name of await collectionNames(from)) {
    await makeFolder(placeOfCollection(to, name), { mode: 0o700 });
    copyGalleryFile(
      join(placeOfCollection(from, name), GALLERY_FILE),
      join(placeOfCollection(to, name), GALLERY_FILE),
    );
  }
}

/** Whole lines: another one may just be written. */
async function copyAudit(from: string, to: string): Promise<void> {
  const bytes = await readFile(from).catch(ignoreMissing);
  if (bytes) await writeFileAside(to, bytes.subarray(0, bytes.lastIndexOf('\n') + 1), 0o600);
}

async function filesOf(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

export function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
