import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asidePath, makeFolder } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { checkFace } from './check-face.ts';
import { openSqliteStore, type SqliteStore } from './drivers/sqlite.ts';
import { copyGalleryFile, settleSqliteFile } from './drivers/sqlite-file.ts';
import { Gallery } from './gallery.ts';
import { requireFolder } from './gallery-address.ts';
import { GALLERY_FILE } from './gallery-file.ts';
import { lockGallery } from './lock.ts';
import { checkModel } from './meta.ts';
import { publishGalleryFile } from './publish-file.ts';
import type { GalleryKeys } from './sealing/key-source.ts';
import type { GalleryMeta, NewFace, NewNegative } from './store.ts';

export interface IntakeOptions {
  /** The gallery's folder. */
  to: string;
  /** What a new gallery says of itself; one that is there has to be of the same model. */
  meta: GalleryMeta;
  /** Whether faces may be added to a gallery that is there; without it that is an error. */
  merge?: boolean;
  keys?: GalleryKeys | undefined;
}

/** Takes faces, which the gallery has once all of them are taken. */
export interface FaceSink {
  add(face: NewFace): Promise<void>;
  addNegative(negative: NewNegative): Promise<void>;
}

export interface Intake {
  /** Faces that were taken. */
  faces: number;
  /** Faces that were there already: of the same subject, cut from a photo of the same content. */
  skipped: number;
}

const BATCH = 64;

/**
 * Fills a gallery, a new one or one that is there, with all that a source gives, or with nothing where it fails or is killed.
 *
 * @throws what the source throws; SemblanceError GALLERY_EXISTS, GALLERY_BUSY, GALLERY_MODEL_MISMATCH, DATA_INVALID for a face that
 *   cannot be enrolled; those of the disk
 */
export async function fillGallery(
  { to, meta, merge = false, keys }: IntakeOptions,
  source: (sink: FaceSink) => Promise<void>,
): Promise<Intake> {
  requireFolder(to);
  await makeFolder(to, { mode: 0o700 });
  using _lock = lockGallery(to, 'gallery import');
  const place = join(to, GALLERY_FILE);
  const isThere = existsSync(place);
  if (isThere && !merge) {
    const advice = 'import into another one, or add to it (--merge)';
    throw new SemblanceError('GALLERY_EXISTS', `there is already a gallery at ${to}: ${advice}`);
  }
  const aside = asidePath(place);
  try {
    if (isThere) copyGalleryFile(place, aside);
    const store = openSqliteStore(aside, { create: !isThere, keys });
    let intake: Intake;
    try {
      const before = await store.readMeta();
      if (before) checkModel(before, meta.modelId);
      else await store.writeMeta(meta);
      intake = await take(store, isThere, meta.embeddingSize, source);
    } finally {
      await store.close();
    }
    settleSqliteFile(aside);
    await publishGalleryFile(aside, place);
    await followThreshold(place, meta.modelId, keys);
    return intake;
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal', '.index'])
      await rm(aside + suffix, { force: true });
  }
}

async function take(
  store: SqliteStore,
  isThere: boolean,
  embeddingSize: number,
  source: (sink: FaceSink) => Promise<void>,
): Promise<Intake> {
  const keyOf = ({ subject, contentHash }: Pick<NewFace, 'subject' | 'contentHash'>): string | null =>
    contentHash ? `${contentHash} ${subject}` : null;
  const known = new Set<string | null>();
  for await (const face of store.faces()) known.add(keyOf(face));
  known.delete(null);
  const intake: Intake = { faces: 0, skipped: 0 };
  const pending: NewFace[] = [];
  await source({
    async add({ id, ...face }) {
      checkFace(face, embeddingSize);
      const key = keyOf(face);
      if (known.has(key)) {
        intake.skipped++;
        return;
      }
      if (key !== null) known.add(key);
      intake.faces++;
      // ids of another gallery are kept where there are no own
      pending.push(isThere || id === undefined ? face : { ...face, id });
      if (pending.length >= BATCH) await store.addFaces(pending.splice(0));
    },
    async addNegative({ id: _, ...negative }) {
      await store.addFaces(pending.splice(0));
      checkFace(negative, embeddingSize);
      await store.addNegative(negative);
    },
  });
  await store.addFaces(pending);
  if (intake.faces + intake.skipped === 0)
    throw new SemblanceError('DATA_EMPTY', 'there is no face to import');
  return intake;
}

/** Finds the threshold anew where the gallery has grown. */
async function followThreshold(place: string, modelId: string, keys: GalleryKeys | undefined): Promise<void> {
  await using gallery = await Gallery.fromStore(openSqliteStore(place, { holdsLock: true, keys }));
  await gallery.enrol([], modelId);
}
