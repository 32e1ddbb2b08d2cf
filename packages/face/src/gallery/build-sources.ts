import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { CheckMode } from '../doctor/photo-limits.ts';
import { isSemblanceError, SemblanceError } from '../error.ts';
import type { DetectOptions } from '../models/detector.ts';
import { openSqliteStore } from './drivers/sqlite.ts';
import { settleSqliteFile } from './drivers/sqlite-file.ts';
import { type SealedLike, sealedLike } from './drivers/sqlite-seal.ts';
import { newMeta } from './meta.ts';
import type { GalleryKeys } from './sealing/key-source.ts';
import type { GallerySettings } from './settings.ts';
import type { GalleryMeta, GalleryStore, StoredFace } from './store.ts';
import type { StoredSubject } from './subject-profile.ts';

/** The models of a build, as far as its stores are concerned. */
export interface BuildModels {
  /** Other options find other faces: what was cut with them is not used again. */
  detect?: DetectOptions;
  /** What was judged less strictly is judged again. */
  check?: CheckMode;
  detector: { readonly id: string };
  recognizer: { readonly id: string; readonly embeddingSize: number };
  /** Where the keys of an encrypted gallery are; what the environment says if not given, see `galleryKeys`. */
  keys?: GalleryKeys | undefined;
}

/** What an earlier build left: faces that need no embedding. */
export interface Known {
  store: GalleryStore | null;
  byHash: Map<string, StoredFace>;
  enrolled: StoredFace[];
  /** What was set and said, whichever models made the faces. */
  settings: GallerySettings | undefined;
  profiles: StoredSubject[];
}

type Said = Pick<Known, 'settings' | 'profiles'>;
const nothingSaid: Said = { settings: undefined, profiles: [] };
const nothingKnown = (said = nothingSaid): Known => ({
  store: null,
  byHash: new Map(),
  enrolled: [],
  ...said,
});

/** The description a build starts its store with. */
export function metaOf({ detector, recognizer, detect = {}, check = 'off' }: BuildModels): GalleryMeta {
  const options = Object.keys(detect).length > 0 ? ` ${JSON.stringify(detect)}` : '';
  const meta = newMeta({
    modelId: recognizer.id,
    embeddingSize: recognizer.embeddingSize,
    detectorId: detector.id + options,
  });
  return check === 'off' ? meta : { ...meta, check };
}

/** What the gallery that is there now can lend to the new one. */
export async function readEarlier(path: string, models: BuildModels): Promise<Known> {
  if (!existsSync(path)) return nothingKnown();
  settleSqliteFile(path); // in use by another process: better told now than when it is to be replaced
  const store = openSqliteStore(path, { keys: models.keys });
  try {
    const known = await readEarlierOf(store, models, path);
    if (known.store === null) await store.close();
    return known;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The same of a store that is open, or null; `path` is what the gallery is called. */
export async function readEarlierOf(
  store: GalleryStore | null,
  models: BuildModels,
  path = 'the gallery',
): Promise<Known> {
  if (store === null) return nothingKnown();
  const known = await readKnown(store, models);
  if (known) return known;
  const enrolled = (await Array.fromAsync(store.faces())).filter(({ origin }) => origin === 'enrol').length;
  const meta = await store.readMeta();
  const profiles = (await store.profiles?.list()) ?? [];
  if (enrolled === 0 || meta?.modelId === models.recognizer.id)
    return nothingKnown({ settings: meta?.settings, profiles });
  throw new SemblanceError(
    'GALLERY_MODEL_MISMATCH',
    `${path} has ${enrolled} faces that were enrolled one by one with the recognizer ${meta?.modelId}; they ` +
      `cannot be used with ${models.recognizer.id}: build into another folder`,
  );
}

/** The store's faces; null where it was made by other models. */
async function readKnown(store: GalleryStore, models: BuildModels): Promise<Known | null> {
  const meta = await store.readMeta();
  const { modelId, detectorId } = metaOf(models);
  if (meta?.modelId !== modelId) return null;
  const said = { settings: meta.settings, profiles: (await store.profiles?.list()) ?? [] };
  const known: Known = { store, byHash: new Map(), enrolled: [], ...said };
  const isJudged = models.check === undefined || models.check === 'off' || meta.check === models.check;
  const isSame = meta.detectorId === detectorId && isJudged;
  for await (const face of store.faces()) {
    if (face.origin === 'enrol') known.enrolled.push(face);
    else if (face.contentHash && isSame) known.byHash.set(face.contentHash, face);
  }
  return known;
}

/** The store of this build: what an interrupted build with the same models left, or a new one. */
export async function openPart(
  path: string,
  models: BuildModels,
  finalPath: string,
): Promise<{ store: GalleryStore; resumed: Known; like: SealedLike | null | undefined }> {
  let resumed = nothingKnown();
  // encrypted as the gallery that it replaces is, by the same people's keys
  const before = sealedLike(finalPath);
  const like = before === undefined ? sealedLike(path) : before;
  if (existsSync(path)) {
    try {
      const left = openSqliteStore(path, { keys: models.keys, like: null });
      const known = await readKnown(left, models);
      if (known) {
        // its crops are read now: the file itself starts anew, so that the order of ids is that of the photos
        const memory = new Map<number, Uint8Array | null>();
        for (const { id } of known.byHash.values()) memory.set(id, await left.crop(id));
        resumed = { ...known, store: { ...left, crop: async (id: number) => memory.get(id) ?? null } };
      }
      await left.close();
    } catch (error) {
      if (!isSemblanceError(error, 'GALLERY_CORRUPT')) throw error;
    }
    for (const suffix of ['', '-wal', '-shm']) await rm(path + suffix, { force: true });
  }
  const store = openSqliteStore(path, { create: true, like, keys: models.keys });
  await store.writeMeta(metaOf(models));
  return { store, resumed, like };
}
