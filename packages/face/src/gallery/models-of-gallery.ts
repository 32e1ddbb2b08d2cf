import type { Env } from '@semblance/core';
import { isSemblanceError, SemblanceError } from '../error.ts';
import { findModel, pulledModels, readDefaults } from '../models/home/index.ts';
import { readManifestOf } from '../models/load.ts';
import { modelId } from '../models/model-id.ts';
import type { GalleryMeta } from './store.ts';

export interface ModelPaths {
  detector: string;
  recognizer: string;
}

/**
 * The models to search a gallery with: those that are given; else the pulled ones that it was built with; for the
 * detector else the default.
 *
 * @param given names or paths
 * @throws SemblanceError MODEL_NOT_FOUND where the gallery's recognizer is not on this machine; those of `findModel`
 */
export async function modelsOfGallery(
  meta: Pick<GalleryMeta, 'modelId' | 'detectorId'>,
  given: Partial<ModelPaths> = {},
  env: Env = process.env,
): Promise<ModelPaths> {
  const pulled = await pulledModels(env);
  const byId = (id: string | undefined): string | undefined =>
    pulled.find(({ manifest }) => modelId(manifest) === id)?.path;
  const detector = await detectorOfGallery(meta, given.detector, env);
  if (given.recognizer !== undefined)
    return { detector, recognizer: await findModel(given.recognizer, 'recognition', env) };
  const recognizer = byId(meta.modelId) ?? (await defaultWithId(meta.modelId, env));
  if (recognizer !== undefined) return { detector, recognizer };
  const there = pulled.filter(({ task }) => task === 'recognition').map(({ name }) => name);
  throw new SemblanceError(
    'MODEL_NOT_FOUND',
    `the gallery was built with the recognizer ${meta.modelId}, which is not among the pulled models ` +
      `(${there.length > 0 ? there.join(', ') : 'there are none'}): pull it, or name it with --recognizer`,
    { details: { modelId: meta.modelId } },
  );
}

/**
 * The detector that a gallery's faces were cut with, where it is among the pulled ones; else the default.
 *
 * @param given a name or a path
 * @throws SemblanceError those of `findModel`
 */
export async function detectorOfGallery(
  { detectorId }: Pick<GalleryMeta, 'detectorId'>,
  given: string | undefined,
  env: Env = process.env,
): Promise<string> {
  // what cut the faces may be followed by the options it did so with
  const id = detectorId?.split(' ')[0];
  const pulled = given === undefined ? await pulledModels(env) : [];
  const own = pulled.find(({ manifest }) => modelId(manifest) === id)?.path;
  return findModel(given ?? own, 'detection', env);
}

/** The default recognizer, which may be a path, where it is the one. */
async function defaultWithId(id: string, env: Env): Promise<string | undefined> {
  const { recognizer } = await readDefaults(env);
  if (recognizer === undefined) return undefined;
  try {
    const path = await findModel(recognizer, 'recognition', env);
    return modelId(await readManifestOf(path)) === id ? path : undefined;
  } catch (error) {
    // a default that is gone is none
    if (isSemblanceError(error, 'MODEL_NOT_FOUND')) return undefined;
    throw error;
  }
}
