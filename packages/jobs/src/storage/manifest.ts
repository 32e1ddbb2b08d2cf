import { text } from 'node:stream/consumers';
import { safeRelativePath } from '@semblance/core/files';
import { check } from '@semblance/core/schema';
import { z } from 'zod';
import { isSemblanceError, SemblanceError } from '../error.ts';
import type { ObjectStorage } from './storage.ts';

/** Lists what a finished upload holds; written last, so that half an upload never counts as a whole one. */
export const MANIFEST_KEY = '.semblance-manifest.json';
/** Stands there while an upload is under way, and after one that was broken off. */
export const UPLOAD_KEY = '.semblance-upload.json';

export const isOwnKey = (key: string): boolean => key === MANIFEST_KEY || key === UPLOAD_KEY;

const objectsManifest = z.looseObject({
  format: z.literal('semblance-objects/1'),
  createdAt: z.string(),
  /** By key. */
  files: z.record(
    z.string(),
    z.object({
      sizeBytes: z.int().min(0),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .meta({ expected: '64 hexadecimal digits' }),
    }),
  ),
});

export type ObjectsManifest = z.output<typeof objectsManifest>;

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
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw damaged(storage, 'it is not JSON', cause);
  }
  const flaw = check(objectsManifest, value, { whole: 'the manifest' });
  if (flaw) throw damaged(storage, flaw.message);
  const manifest = objectsManifest.parse(value);
  for (const key of Object.keys(manifest.files)) safeRelativePath(key);
  return manifest;
}

const damaged = (storage: ObjectStorage, reason: string, cause?: unknown): SemblanceError =>
  new SemblanceError('STORAGE_CORRUPT', `the manifest of ${storage.url} is damaged: ${reason}`, { cause });
