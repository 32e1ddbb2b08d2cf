import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAsidePath, readJsonFile, writeJsonFile } from '@semblance/core/files';
import type { BuildReport } from './build-report.ts';
import { openSqliteStore } from './drivers/sqlite.ts';
import { isGalleryAddress } from './gallery-address.ts';
import { galleryFileAt } from './gallery-file.ts';
import { openGalleryStore } from './gallery-place.ts';
import { lockGallery } from './lock.ts';
import type { GalleryKeys } from './sealing/key-source.ts';
import type { KeptStore } from './store.ts';

/** Who is to be found nowhere any more. */
export interface Erasure {
  /** Faces, by their ids. */
  ids: readonly number[];
  /** Photos, by the SHA-256 of their content: whoever was cut from them, under whatever name and id. */
  contentHashes: readonly string[];
  /** People, by their names; those of the faces need not be given. */
  subjects: readonly string[];
  /** Faces that were noted as not somebody's, by their ids; those of the photos need not be given. */
  negatives?: readonly number[];
}

/**
 * Removes people from a gallery that is not open, for good: no byte of their names, embeddings and pictures is left in
 * its files.
 *
 * @param path its folder, the file in it, or a database's address: what the server leaves in its files and its log is its own
 * @param holder who does this, for the sentence of whoever is refused meanwhile
 * @param keys where the keys of an encrypted gallery are; what the environment says if not given
 * @returns the names that are no longer in it
 * @throws SemblanceError GALLERY_NOT_FOUND, GALLERY_BUSY, GALLERY_CORRUPT; STORAGE_READ_ONLY and others of the disk
 * @example
 * ```ts
 * import { eraseFromGallery } from '@semblance/face/gallery';
 *
 * const ada = { ids: [], contentHashes: [], subjects: ['ada'] };
 * console.log(await eraseFromGallery('gallery', ada, 'a clean-up')); // [ 'ada' ]
 * ```
 */
export async function eraseFromGallery(
  path: string,
  erasure: Erasure,
  holder: string,
  keys?: GalleryKeys,
): Promise<string[]> {
  if (isGalleryAddress(path)) return (await eraseFrom(await openGalleryStore(path), erasure)).there;
  const file = await galleryFileAt(path);
  using _lock = lockGallery(file, holder);
  const { gone, there } = await eraseFrom(openSqliteStore(file, { holdsLock: true, keys }), erasure);
  await eraseBeside(file, gone);
  return there;
}

/** Gives the names that are not in the store any more, and those of them that were; closes it. */
async function eraseFrom(
  store: KeptStore,
  { ids, contentHashes, subjects, negatives = [] }: Erasure,
): Promise<{ gone: string[]; there: string[] }> {
  try {
    const before = new Set((await store.subjects()).map(({ name }) => name));
    await store.removeFaces([...ids, ...(await store.facesOfContent(contentHashes))]);
    for (const subject of subjects) await store.removeSubject(subject);
    for (const id of [...negatives, ...(await store.negativesOfContent(contentHashes))])
      await store.removeNegative(id);
    const left = new Set((await store.subjects()).map(({ name }) => name));
    const gone = [...before.union(new Set(subjects)).difference(left)];
    return { gone, there: gone.filter((name) => before.has(name)) };
  } finally {
    await store.close();
  }
}

/**
 * Removes what builds and killed processes left of people beside a gallery's database: an interrupted build, files
 * written aside, lines of the report.
 *
 * @param database whose lock the caller holds, so that nobody is building
 */
export async function eraseBeside(database: string, subjects: readonly string[]): Promise<void> {
  if (subjects.length === 0) return;
  const folder = dirname(database);
  const own = basename(database);
  for (const name of await readdir(folder)) {
    const isLeft = name.startsWith(`${own}.building`) || (isAsidePath(name) && name.startsWith(`.${own}`));
    if (isLeft) await rm(join(folder, name), { force: true });
  }
  await eraseFromReport(join(folder, 'report.json'), subjects);
}

async function eraseFromReport(path: string, subjects: readonly string[]): Promise<void> {
  if (!existsSync(path)) return;
  const report = (await readJsonFile(path)) as BuildReport;
  const isOfThem = (entry: { file?: string; message: string }): boolean =>
    subjects.some((name) => entry.file?.split('/')[0] === name || entry.message.includes(name));
  const [refused, warnings] = [report.refused, report.warnings].map((entries) =>
    entries.filter((entry) => !isOfThem(entry)),
  );
  if (refused!.length + warnings!.length === report.refused.length + report.warnings.length) return;
  await writeJsonFile(path, { ...report, refused, warnings }, 0o600);
}
