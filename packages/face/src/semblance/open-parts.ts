import type { Env } from '@semblance/core';
import { isSemblanceError, SemblanceError } from '../error.ts';
import { Gallery } from '../gallery/gallery.ts';
import { isGalleryAt } from '../gallery/gallery-place.ts';
import { modelsOfGallery } from '../gallery/models-of-gallery.ts';
import { findGallery, placeOfGallery } from '../gallery/named.ts';
import { galleryKeys } from '../gallery/sealing/key-source.ts';
import type { Detector } from '../models/detector.ts';
import { findModel } from '../models/home/find.ts';
import { type LoadOptions, loadDetector, loadRecognizer } from '../models/load.ts';
import type { Recognizer } from '../models/recognizer.ts';

export interface SemblanceOptions {
  /** Its name, folder or database's address; one that is not there yet is made by the first `enrol`. Without one nobody is known. */
  gallery?: string | undefined;
  /** Names of pulled models, folders or .onnx files: those the gallery was built with, or the defaults, if not given. */
  detector?: string | undefined;
  recognizer?: string | undefined;
  /** Opens the gallery for searching alone. */
  readOnly?: boolean;
  /** How the networks run: threads of their own for many photos. */
  loading?: LoadOptions;
  /** Where SEMBLANCE_HOME and others are read from (`process.env`). */
  env?: Env;
}

/** Models and a gallery that go together. */
export interface OpenParts {
  detector: Detector;
  recognizer: Recognizer;
  gallery: Gallery | null;
  /** Where the gallery is or is to be; null where none was asked for. */
  place: string | null;
}

/** Opens the gallery, if it is there, and loads the models that it or the options name; all of it, or nothing. */
export async function openParts(options: SemblanceOptions): Promise<OpenParts> {
  const { env = process.env, loading, readOnly = false } = options;
  const keys = galleryKeys({}, env);
  const place = options.gallery === undefined ? null : await placeOf(options.gallery, env, readOnly);
  const gallery =
    place !== null && (await isGalleryAt(place)) ? await Gallery.open(place, { readOnly, keys }) : null;
  let detector: Detector | null = null;
  try {
    const paths = gallery
      ? await modelsOfGallery(gallery.meta, options, env)
      : {
          detector: await findModel(options.detector, 'detection', env),
          recognizer: await findModel(options.recognizer, 'recognition', env),
        };
    detector = await loadDetector(paths.detector, loading);
    if (!detector.hasLandmarks) throw new SemblanceError('MODEL_NO_LANDMARKS');
    const recognizer = await loadRecognizer(paths.recognizer, loading);
    if (gallery && gallery.modelId !== recognizer.id) {
      await recognizer.close();
      const message = `the gallery was built with ${gallery.modelId}, and the recognizer is ${recognizer.id}`;
      throw new SemblanceError('GALLERY_MODEL_MISMATCH', message);
    }
    return { detector, recognizer, gallery, place };
  } catch (error) {
    await gallery?.close();
    await detector?.close();
    throw error;
  }
}

/** Where a gallery is, or is to be: a name that nothing has stands for a place in the user's own folder. */
async function placeOf(given: string, env: Env, mustExist: boolean): Promise<string> {
  try {
    return await findGallery(given, env);
  } catch (error) {
    if (mustExist || !isSemblanceError(error, 'GALLERY_NOT_FOUND')) throw error;
    return /[/\\]/.test(given) ? given : placeOfGallery(given, env);
  }
}

/** The gallery at a place for these models: a new one, unless there is one by now. */
export async function openOrCreate(
  place: string,
  { detector, recognizer }: Pick<OpenParts, 'detector' | 'recognizer'>,
  env: Env,
): Promise<Gallery> {
  const keys = galleryKeys({}, env);
  const { id: modelId, embeddingSize, impostors, threshold: fallback } = recognizer;
  const options = {
    modelId,
    embeddingSize,
    detectorId: detector.id,
    thresholdBy: { impostors, fallback },
    keys,
  };
  if (await isGalleryAt(place)) return Gallery.open(place, { modelId, keys });
  try {
    return await Gallery.create(place, options);
  } catch (error) {
    if (!isSemblanceError(error, 'GALLERY_EXISTS')) throw error;
    return Gallery.open(place, { modelId, keys });
  }
}
