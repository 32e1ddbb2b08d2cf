import { existsSync } from 'node:fs';
import { chmod, copyFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { asidePath, exists, hashFile, makeFolder, writeAside, writeJsonFile } from '@semblance/core/files';
import { readCheckedFile } from '@semblance/core/schema';
import { z } from 'zod';
import { SemblanceError } from '../error.ts';
import { copyGalleryFile, openGalleryFile, requireWholeGallery } from './drivers/sqlite-file.ts';
import { parseMeta } from './drivers/sqlite-rows.ts';
import { sealFactsOf } from './drivers/sqlite-seal.ts';
import { requireFolder } from './gallery-address.ts';
import { GALLERY_FILE, galleryFileAt } from './gallery-file.ts';
import { lockGallery } from './lock.ts';
import { publishGalleryFile } from './publish-file.ts';

const BACKUP_FILE = 'backup.json';
/** What a service and a build keep beside a gallery's database. */
const BESIDE = [`${GALLERY_FILE}.subjects.json`, 'report.json'];

const content = z.looseObject({
  format: z.literal('semblance-gallery-backup/1'),
  createdAt: z.string(),
  gallery: z.string(),
  modelId: z.string(),
  embeddingSize: z.number(),
  subjects: z.number(),
  faces: z.number(),
  galleryId: z.string().nullable(),
  files: z.partialRecord(z.enum([GALLERY_FILE, ...BESIDE]), z.string()),
});

/** What a backup of a gallery says of itself: `backup.json` in its folder. */
export interface GalleryBackup {
  format: 'semblance-gallery-backup/1';
  createdAt: string;
  /** Where the gallery was. */
  gallery: string;
  modelId: string;
  embeddingSize: number;
  subjects: number;
  faces: number;
  /** Names the file of its people's keys; null for a gallery that is not encrypted. */
  galleryId: string | null;
  /** SHA-256 of each file. */
  files: Record<string, string>;
}

/**
 * Copies a gallery as it is at one moment, whoever searches it and enrols into it, into a folder for its owner alone, and reads
 * the copy once. What was removed before is not in it. An encrypted gallery's keys are not copied: whoever is erased later can
 * be read in no copy.
 *
 * @param path its folder, or the file in it
 * @param out the folder to make
 * @throws SemblanceError GALLERY_NOT_FOUND, GALLERY_CORRUPT; PATH_EXISTS; STORAGE_FULL and others of the disk
 * @example
 * ```ts
 * import { backUpGallery, restoreGallery } from '@semblance/face/gallery';
 *
 * await backUpGallery('gallery', 'gallery-backup');
 * const { faces } = await restoreGallery('gallery-backup', 'gallery-restored');
 * console.log(faces); // …
 * ```
 */
export async function backUpGallery(path: string, out: string): Promise<GalleryBackup> {
  const file = await galleryFileAt(path);
  if (await exists(out)) throw new SemblanceError('PATH_EXISTS', `there is already something at ${out}`);
  let made: GalleryBackup | undefined;
  await makeFolder(dirname(resolve(out)));
  await writeAside(resolve(out), async (aside) => {
    await makeFolder(aside, { mode: 0o700 });
    const copy = join(aside, GALLERY_FILE);
    copyGalleryFile(file, copy);
    requireWholeGallery(copy, true);
    for (const name of BESIDE) {
      const beside = name.startsWith(GALLERY_FILE)
        ? file + name.slice(GALLERY_FILE.length)
        : join(dirname(file), name);
      if (existsSync(beside)) await copyFile(beside, join(aside, name));
    }
    const files: Record<string, string> = {};
    for (const name of [GALLERY_FILE, ...BESIDE])
      if (await exists(join(aside, name))) files[name] = await hashFile(join(aside, name));
    const createdAt = new Date().toISOString();
    const format = 'semblance-gallery-backup/1' as const;
    made = { format, createdAt, gallery: resolve(path), ...factsOf(copy), files };
    await writeJsonFile(join(aside, BACKUP_FILE), made, 0o600);
  });
  return made!;
}

/** What there is in a gallery's file, as far as no key is needed to know it. */
function factsOf(path: string) {
  const db = openGalleryFile(path, { readOnly: true });
  try {
    const one = (sql: string): Record<string, unknown> | undefined => db.prepare(sql).get();
    const row = one(`SELECT value FROM meta WHERE key = 'gallery'`);
    if (!row) throw new SemblanceError('GALLERY_CORRUPT', `the gallery ${path} has no stored settings`);
    const { modelId, embeddingSize } = parseMeta(path, String(row.value));
    const subjects = Number(one('SELECT count(DISTINCT subject_id) AS n FROM embeddings')!.n);
    const faces = Number(one('SELECT count(*) AS n FROM embeddings')!.n);
    return { modelId, embeddingSize, subjects, faces, galleryId: sealFactsOf(db)?.galleryId ?? null };
  } finally {
    db.close();
  }
}

export interface RestoreGalleryOptions {
  /** Takes the place of the gallery that is there; without it that is an error. */
  replace?: boolean;
}

/**
 * Puts a backup of a gallery back, all of it or nothing; programs that search the gallery go on with what was restored.
 *
 * People who were erased after the backup was made are known again, unless the gallery is encrypted: their keys are gone, and
 * they are removed when it is opened.
 *
 * @param backup a folder that {@link backUpGallery} made
 * @param to the folder of the gallery
 * @throws SemblanceError PATH_NOT_FOUND for what is no backup, DATA_CORRUPT for a damaged one; GALLERY_EXISTS; GALLERY_BUSY while a
 *   service or a build has the gallery; those of the disk
 */
export async function restoreGallery(
  backup: string,
  to: string,
  { replace = false }: RestoreGalleryOptions = {},
): Promise<GalleryBackup> {
  const read = await readCheckedFile(join(backup, BACKUP_FILE), content);
  if (read === null)
    throw new SemblanceError(
      'PATH_NOT_FOUND',
      `${backup} is not a backup of a gallery: it has no ${BACKUP_FILE}`,
    );
  const files = Object.entries(read.files as Record<string, string>);
  for (const [name, hash] of files) {
    const path = join(backup, name);
    if (!existsSync(path) || (await hashFile(path)) !== hash)
      throw new SemblanceError('DATA_CORRUPT', `${path} is damaged or missing: nothing was restored`);
  }
  requireFolder(to);
  await makeFolder(to, { mode: 0o700 });
  using _lock = lockGallery(to, 'gallery restore');
  const place = join(to, GALLERY_FILE);
  if (!replace && existsSync(place)) {
    const advice = 'restore into another folder, or replace it (--replace)';
    throw new SemblanceError('GALLERY_EXISTS', `there is already a gallery at ${to}: ${advice}`);
  }
  const aside = asidePath(place);
  try {
    await copyFile(join(backup, GALLERY_FILE), aside);
    await chmod(aside, 0o600);
    requireWholeGallery(aside, true);
    await publishGalleryFile(aside, place);
    for (const name of BESIDE) {
      await rm(join(to, name), { force: true });
      if (name in read.files) await copyFile(join(backup, name), join(to, name));
    }
  } finally {
    await rm(aside, { force: true });
  }
  return read as GalleryBackup;
}
