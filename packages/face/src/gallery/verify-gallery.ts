import { sniffImage } from '@semblance/core/files';
import { dot, norm } from '@semblance/core/vector';
import { asSemblanceError, SemblanceError } from '../error.ts';
import { openSqliteStore } from './drivers/sqlite.ts';
import { requireWholeGallery } from './drivers/sqlite-file.ts';
import { Gallery } from './gallery.ts';
import { galleryFileAt } from './gallery-file.ts';
import type { GalleryKeys } from './sealing/key-source.ts';
import type { GalleryStore } from './store.ts';

/** One thing that was looked at. */
export interface GalleryCheck {
  what: 'database' | 'faces' | 'negatives' | 'names' | 'index';
  isWhole: boolean;
  /** What was found, for people. */
  message: string;
}

export interface GalleryVerification {
  isWhole: boolean;
  checks: GalleryCheck[];
  /** The errors behind what is not whole. */
  errors: SemblanceError[];
}

/** Faces that are searched in the index, evenly spread: of most galleries all. */
const MOST_SEARCHED = 5000;
const BATCH = 64;
const ATTEMPTS = 3;

/**
 * Reads all of a gallery: its database, page by page; every embedding and every crop, opening those that are encrypted; what is
 * remembered of names; and holds its index against the database. Others may go on using it.
 *
 * @param path its folder, or the file in it
 * @throws SemblanceError GALLERY_NOT_FOUND; GALLERY_KEY_MISSING, GALLERY_KEY_WRONG of an encrypted gallery; those of the disk
 */
export async function verifyGallery(
  path: string,
  { keys }: { keys?: GalleryKeys } = {},
): Promise<GalleryVerification> {
  const file = await galleryFileAt(path);
  const checks: GalleryCheck[] = [];
  const errors: SemblanceError[] = [];
  async function check(what: GalleryCheck['what'], look: () => Promise<string>): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        checks.push({ what, isWhole: true, message: await look() });
        return true;
      } catch (cause) {
        const error = asSemblanceError(cause);
        if (error.code !== 'GALLERY_CORRUPT') throw error;
        // somebody may have changed it between two looks
        if (attempt < ATTEMPTS) continue;
        checks.push({ what, isWhole: false, message: error.message });
        errors.push(error);
        return false;
      }
    }
  }
  const isReadable = await check('database', async () => {
    requireWholeGallery(file, true);
    return 'every page is whole';
  });
  if (isReadable) {
    const store = openSqliteStore(file, { readOnly: true, ...(keys ? { keys } : {}) });
    try {
      await check('faces', () => readFaces(store));
      await check('negatives', () => readNegatives(store));
      await check('names', () => readNames(store));
    } finally {
      await store.close();
    }
    await check('index', () => compareIndex(file, keys));
  }
  return { isWhole: errors.length === 0, checks, errors };
}

async function readFaces(store: GalleryStore): Promise<string> {
  const size = (await store.readMeta())?.embeddingSize;
  if (size === undefined) throw corrupt('the gallery has no stored settings');
  let [numFaces, numCrops] = [0, 0];
  for await (const { id, embedding } of store.faces()) {
    numFaces++;
    requireUnit(`face ${id}`, embedding, size);
    const crop = await store.crop(id);
    if (crop === null) continue;
    numCrops++;
    if (sniffImage(crop) === null) throw corrupt(`the crop of face ${id} is no picture`);
  }
  return `${numFaces} faces, ${numCrops} of them with a crop`;
}

async function readNegatives(store: GalleryStore): Promise<string> {
  const { embeddingSize } = (await store.readMeta())!;
  const negatives = await store.negatives();
  for (const { id, embedding } of negatives) requireUnit(`rejection ${id}`, embedding, embeddingSize);
  return `${negatives.length} faces that are not somebody’s`;
}

async function readNames(store: GalleryStore): Promise<string> {
  const changes = await store.nameChanges();
  const ids = new Set<number>();
  for await (const { id } of store.faces()) ids.add(id);
  for (const { moved } of changes)
    for (const { faces } of moved)
      for (const id of faces)
        if (!ids.has(id)) throw corrupt(`a change of names knows face ${id}, which is gone`);
  return `${changes.length} changes of names that can be undone`;
}

/** The index has every face under its subject, and finds it by its embedding. */
async function compareIndex(file: string, keys: GalleryKeys | undefined): Promise<string> {
  const options = { readOnly: true, score: 'max', ...(keys ? { keys } : {}) } as const;
  await using gallery = await Gallery.open(file, options);
  const known = new Map(gallery.faces().map(({ id, subject }) => [id, subject]));
  const faces: { id: number; embedding: Float32Array }[] = [];
  const every = Math.max(1, Math.ceil(known.size / MOST_SEARCHED));
  let numFaces = 0;
  for await (const { id, subject, embedding } of gallery.stored()) {
    if (known.get(id) !== subject)
      throw corrupt(`the index has face ${id} as ${known.get(id)}’s, the database as ${subject}’s`);
    if (numFaces++ % every === 0) faces.push({ id, embedding });
  }
  if (numFaces !== known.size) throw corrupt(`the index has ${known.size} faces, the database ${numFaces}`);
  for (let start = 0; start < faces.length; start += BATCH) {
    const batch = faces.slice(start, start + BATCH);
    const hits = await gallery.searchMany(batch.map(({ embedding }) => embedding));
    for (const [i, { id, embedding }] of batch.entries()) {
      const best = hits[i]!.find(({ isRefused }) => !isRefused) ?? hits[i]![0];
      if (!best || best.similarity < dot(embedding, embedding) - 1e-3)
        throw corrupt(`the index does not find face ${id} by its own embedding`);
    }
  }
  return `${numFaces} faces as in the database, ${faces.length} of them searched and found`;
}

function requireUnit(what: string, embedding: Float32Array, size: number): void {
  if (embedding.length === size && Math.abs(norm(embedding) - 1) < 1e-3) return;
  throw corrupt(
    `the embedding of ${what} is damaged: ${embedding.length} numbers of length ${norm(embedding)}`,
  );
}

const corrupt = (message: string): SemblanceError => new SemblanceError('GALLERY_CORRUPT', message);
