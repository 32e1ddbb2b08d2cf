import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { type BuildModels, type Known, readEarlier, readEarlierOf } from './build-sources.ts';
import { copyInto } from './copy.ts';
import { openSqliteStore } from './drivers/sqlite.ts';
import { settleSqliteFile } from './drivers/sqlite-file.ts';
import { doomOthers, type SealedLike } from './drivers/sqlite-seal.ts';
import { isGalleryAddress } from './gallery-address.ts';
import { GALLERY_FILE } from './gallery-file.ts';
import { isGalleryAt, openGalleryStore } from './gallery-place.ts';
import { lockGallery } from './lock.ts';
import { publishGalleryFile } from './publish-file.ts';
import type { GalleryKeys } from './sealing/key-source.ts';
import type { KeptStore } from './store.ts';

/** Where a build goes: the lock is held until it is disposed of. */
export interface BuildTarget extends AsyncDisposable {
  /** The file that is built. */
  partPath: string;
  /** What is there already. */
  earlier: Known;
  /** The gallery's file; in a database there is none. */
  finalPath: string;
  /**
   * Puts the file, which is closed, in its place in one step, once it is seen to hold what was written.
   *
   * @param like the keys that it is sealed by, where it replaces an encrypted one
   */
  publish(numFaces: number, like: SealedLike | null): Promise<void>;
  /** The file of the report; null where there is no place for one. */
  reportPath: string | null;
}

/** @throws SemblanceError GALLERY_BUSY; GALLERY_MODEL_MISMATCH where faces that were enrolled would be lost */
export const openTarget = (out: string, models: BuildModels): Promise<BuildTarget> =>
  isGalleryAddress(out) ? databaseTarget(out, models) : folderTarget(out, models);

async function folderTarget(out: string, models: BuildModels): Promise<BuildTarget> {
  await makeFolder(out, { mode: 0o700 });
  const lock = lockGallery(out, 'gallery build');
  const finalPath = join(out, GALLERY_FILE);
  const partPath = join(out, `${GALLERY_FILE}.building`);
  try {
    const earlier = await readEarlier(finalPath, models);
    return {
      ...{ partPath, finalPath, earlier, reportPath: join(out, 'report.json') },
      async publish(numFaces, like) {
        await earlier.store?.close();
        if (like) doomOthers(partPath, like); // who is not in it any more
        await requireWritten(partPath, numFaces, models.keys);
        await publishGalleryFile(partPath, finalPath);
        // whose keys are destroyed with that
        if (like) await openSqliteStore(finalPath, { holdsLock: true, keys: models.keys }).close();
      },
      async [Symbol.asyncDispose]() {
        await earlier.store?.close();
        lock[Symbol.dispose]();
      },
    };
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

async function databaseTarget(out: string, models: BuildModels): Promise<BuildTarget> {
  const { lockPostgresGallery } = await import('./drivers/postgres/build-lock.ts');
  const { openPostgresStore } = await import('./drivers/postgres/store.ts');
  const lock = await lockPostgresGallery(out, 'gallery build');
  const folder = await mkdtemp(join(tmpdir(), 'semblance-build-'));
  let existing: KeptStore | null = null;
  async function end(): Promise<void> {
    await existing?.close();
    await rm(folder, { recursive: true, force: true });
    await lock[Symbol.asyncDispose]();
  }
  try {
    if (await isGalleryAt(out)) existing = await openGalleryStore(out, { holdsLock: true });
    const earlier = await readEarlierOf(existing, models);
    const partPath = join(folder, `${GALLERY_FILE}.building`);
    return {
      ...{
        partPath,
        finalPath: join(folder, GALLERY_FILE),
        earlier,
        reportPath: null,
        [Symbol.asyncDispose]: end,
      },
      async publish(numFaces) {
        await requireWritten(partPath, numFaces, models.keys);
        const part = openSqliteStore(partPath, { readOnly: true, keys: models.keys });
        try {
          const meta = (await part.readMeta())!;
          if (existing) return await existing.replaceBuilt!(part, meta);
          const target = await openPostgresStore(out, { create: true, holdsLock: true });
          await copyInto(part, target, meta).finally(() => target.close());
        } finally {
          await part.close();
        }
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Folds the log into the file that was built, which then is the gallery by itself, and reads it. */
async function requireWritten(
  partPath: string,
  numFaces: number,
  keys: GalleryKeys | undefined,
): Promise<void> {
  settleSqliteFile(partPath);
  const made = openSqliteStore(partPath, { readOnly: true, keys });
  try {
    const isWhole =
      (await made.readMeta()) !== null && (await Array.fromAsync(made.faces())).length === numFaces;
    if (!isWhole)
      throw new SemblanceError(
        'GALLERY_CORRUPT',
        `${partPath} does not hold the ${numFaces} faces that were written to it`,
      );
  } finally {
    await made.close();
  }
}
