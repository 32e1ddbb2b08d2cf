import { text } from 'node:stream/consumers';
import { safeRelativePath } from '@semblance/core/files';
import { isSemblanceError, SemblanceError } from '../error.ts';
import type { ObjectStorage } from './storage.ts';

/** Lists what a finished upload holds; written last, so that half an upload never counts as a whole one. */
export const MANIFEST_KEY = '.semblance-manifest.json';
/** Stands there while an upload is under way, and after one that was broken off. */
export const UPLOAD_KEY = '.semblance-upload.json';

export const isOwnKey = (key: string): boolean => key === MANIFEST_KEY || key === UPLOAD_KEY;

export interface ObjectsManifest {
  format: 'semblance-objects/1';
  createdAt: string;
  /** By key. */
  files: Record<string, { sizeBytes: number; sha256: string }>;
}

/**
 * `complete`: a finished upload, with its manifest. `incomplete`: one was begun and did not end. `foreign`: objects that
 * something else put there, without a manifest. `empty`: nothing.
 */
export type LocationState =
  | { kind: 'complete'; manifest: ObjectsManifest }
  | { kind: 'incomplete' | 'foreign' | 'empty'; manifest: null };

/** What a location holds. */
export async function stateOf(storage: ObjectStorage): Promise<LocationState> {
  if ((await storage.head(UPLOAD_KEY)) !== null) return { kind: 'incomplete', manifest: null };
  const manifest = await readObjectsManifest(storage);
  if (manifest) return { kind: 'complete', manifest };
  for await (const _ of storage.list()) return { kind: 'foreign', manifest: null };
  return { kind: 'empty', manifest: null };
}

async function readObjectsManifest(storage: ObjectStorage): Promise<ObjectsManifest | null> {
  let content: string;
  try {
    content = await text(await storage.read(MANIFEST_KEY));
  } catch (error) {
    if (isSemblanceError(error, 'PATH_NOT_FOUND')) return null;
    throw error;
  }
  try {
    const value = JSON.parse(content) as ObjectsManifest;
    const isSound =
      value.format === 'semblance-objects/1' &&
      Object.values(value.files).every(
        ({ sha256, sizeBytes }) => /^[0-9a-f]{64}$/.test(sha256) && Number.isSafeInteger(sizeBytes),
      );
    if (!isSound) throw new TypeError('not of this format');
    for (const key of Object.keys(value.files)) safeRelativePath(key);
    return value;
  } catch (cause) {
    if (isSemblanceError(cause)) throw cause;
    throw new SemblanceError('STORAGE_CORRUPT', `the manifest of ${storage.url} is damaged`, { cause });
  }
}
