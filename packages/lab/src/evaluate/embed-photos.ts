import { hashBytes, type ListedImage } from '@semblance/core/files';
import type { Progress } from '@semblance/core/progress';
import { norm, normalize } from '@semblance/core/vector';
import { isPhotoError, readImageFile } from '@semblance/face/image';
import type { DetectOptions, Detector, ImpostorCurve, Recognizer } from '@semblance/face/models';
import {
  createFinder,
  eachEncoded,
  embedSubject,
  FacePipeline,
  type Threshold,
} from '@semblance/face/pipeline';
import { alignedCrops } from './aligned-crops.ts';
import type { CachedEmbedding, EmbeddingCache } from './embedding-cache.ts';

export interface EmbedPhotosOptions {
  /** null: the photos are aligned crops already. */
  detector: Detector | null;
  recognizer: Recognizer;
  detect: DetectOptions;
  cache: EmbeddingCache | null;
  progress: Progress;
}

/** A photo in a file of its own, or read from elsewhere. */
export interface EvaluatedPhoto extends ListedImage {
  read?: () => Promise<Uint8Array>;
}

export interface EmbeddedPhotos {
  /** By the photo's name: the embedding of the face it is of. */
  embeddings: Map<string, Float32Array>;
  /** By the photo's name: length of the network's output times the detector's score, its weight in a template. */
  weights: Map<string, number>;
  /** The recognizer's own threshold, where it has one. */
  threshold: Threshold | null;
  /** How alike the recognizer finds different people, where that was measured. */
  impostors?: ImpostorCurve | null;
  /** Photos without a face, or that cannot be read. */
  missed: { name: string; code: string; message: string }[];
  /** Photos whose embedding had been computed before. */
  numCached: number;
}

/**
 * Raised where the same photo and models would give another embedding than before: older ones are then left alone. 2 since
 * large photos are decoded as large as needed, and embeddings are normalised as those of galleries are.
 */
const EMBEDDING_VERSION = 2;

/**
 * Embeds the face that each photo is of, by the pipeline that galleries are built with; from the cache where it can.
 *
 * @returns unit vectors by the photo's name, their weights in a template, and the photos that gave none
 * @example
 * ```ts
 * import { loadDetector, loadRecognizer, photosAt } from '@semblance/face';
 * import { embedPhotos } from '@semblance/lab';
 *
 * await using detector = await loadDetector('models/detector');
 * await using recognizer = await loadRecognizer('models/recognizer');
 * const silent = { update() {}, say() {}, end() {} };
 * const options = { detector, recognizer, detect: {}, cache: null, progress: silent };
 * const { embeddings, missed } = await embedPhotos(await photosAt('photos'), options);
 * console.log([...embeddings.keys()], missed); // [ 'ada.png', 'bob.png' ] []
 * ```
 */
export async function embedPhotos(
  photos: readonly EvaluatedPhoto[],
  { detector, recognizer, detect, cache, progress }: EmbedPhotosOptions,
): Promise<EmbeddedPhotos> {
  const conventions = JSON.stringify([
    EMBEDDING_VERSION,
    [recognizer.id, recognizer.manifest.recognizer],
    detector ? [detector.id, detector.manifest.detector, detect] : 'crops',
  ]);
  const { id, cropSize } = recognizer;
  const pipeline = new FacePipeline<Uint8Array>({
    finder: detector ? createFinder(detector) : alignedCrops(cropSize),
    // the length that the network gives counts in a template
    recognizer: { id, cropSize, embed: (crops) => recognizer.embed(crops, { normalize: false }) },
  });

  async function work(bytes: Uint8Array, { name }: EvaluatedPhoto) {
    const key = hashBytes(`${hashBytes(bytes)}${conventions}`);
    const cached = cache?.get(key);
    if (cached) return { isCached: true, ...cached };
    const found = await embedOne(bytes, name);
    cache?.set(key, found);
    return { isCached: false, ...found };
  }

  async function embedOne(bytes: Uint8Array, name: string): Promise<CachedEmbedding> {
    try {
      const { embedding, score } = await embedSubject(pipeline, bytes, name, detect);
      const weight = norm(embedding) * score;
      return { embedding: normalize(embedding), weight, error: null };
    } catch (error) {
      if (!isPhotoError(error)) throw error;
      return { embedding: null, weight: null, error: error.toJSON() };
    }
  }

  const result: EmbeddedPhotos = {
    ...{ embeddings: new Map(), weights: new Map(), missed: [], numCached: 0 },
    threshold: recognizer.threshold,
    impostors: recognizer.impostors,
  };
  const read = async (photo: EvaluatedPhoto) => photo.read?.() ?? readImageFile(photo.path);
  let done = 0;
  for await (const { photo, result: found, error: unread } of eachEncoded(photos, read, work)) {
    const { name } = photo;
    if (found?.isCached) result.numCached++;
    if (found?.embedding) {
      result.embeddings.set(name, found.embedding);
      result.weights.set(name, found.weight);
    } else {
      const { code, message } = unread ?? found.error;
      result.missed.push({ name, code, message });
    }
    progress.update(
      ++done,
      photos.length,
      result.missed.length > 0 ? `${result.missed.length} without a face` : '',
    );
  }
  progress.end();
  if (result.numCached > 0)
    progress.say(`${result.numCached} of ${photos.length} embeddings came from the cache`);
  return result;
}
