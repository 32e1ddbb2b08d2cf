import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { mapAhead } from '@semblance/core/async';
import { hashBytes, type ListedImage } from '@semblance/core/files';
import type { Progress } from '@semblance/core/progress';
import { normalized } from '@semblance/core/vector';
import { alignFace } from '@semblance/face/align';
import { asPhotoError, decodeImage, type Image, isPhotoError, resizeImage } from '@semblance/face/image';
import type { DetectOptions, Detector, Recognizer } from '@semblance/face/models';
import { chooseSubject } from '@semblance/face/pipeline';
import { SemblanceError } from '../error.ts';
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
  /** Photos without a face, or that cannot be read. */
  missed: { name: string; code: string; message: string }[];
  /** Photos whose embedding had been computed before. */
  numCached: number;
}

/** Raised where the same photo and models would give another embedding than before: older ones are then left alone. */
const EMBEDDING_VERSION = 1;

/** Photos in work beside the one that is waited for. */
const AHEAD = 3;

/** Embeds the face that each photo is of, from the cache where it can. */
export async function embedPhotos(
  photos: readonly EvaluatedPhoto[],
  { detector, recognizer, detect, cache, progress }: EmbedPhotosOptions,
): Promise<EmbeddedPhotos> {
  const conventions = JSON.stringify([
    EMBEDDING_VERSION,
    [recognizer.id, recognizer.manifest.recognizer],
    detector ? [detector.id, detector.manifest.detector, detect] : 'crops',
  ]);
  const embed = detector ? subjectEmbed(detector, recognizer, detect) : cropEmbed(recognizer);

  async function work(photo: EvaluatedPhoto): Promise<CachedEmbedding & { name: string; isCached: boolean }> {
    const { name } = photo;
    let picture: Image;
    let key: string;
    try {
      const bytes = await (photo.read?.() ?? readFile(photo.path));
      key = hashBytes(`${hashBytes(bytes)}${conventions}`);
      const cached = cache?.get(key);
      if (cached) return { name, isCached: true, ...cached };
      picture = await decodeImage(bytes);
    } catch (error) {
      // what cannot be read is not remembered: the next attempt may find it mended
      return { name, isCached: false, embedding: null, weight: null, error: asPhotoError(error) };
    }
    const found = await embedOne(embed, picture, name);
    cache?.set(key, found);
    return { name, isCached: false, ...found };
  }

  const result: EmbeddedPhotos = { embeddings: new Map(), weights: new Map(), missed: [], numCached: 0 };
  let done = 0;
  for await (const { name, isCached, embedding, weight, error } of mapAhead(photos, work, AHEAD)) {
    if (isCached) result.numCached++;
    if (embedding) {
      result.embeddings.set(name, embedding);
      result.weights.set(name, weight);
    } else result.missed.push({ name, code: error.code, message: error.message });
    progress.update(
      ++done,
      photos.length,
      result.missed.length > 0 ? `${result.missed.length} without a face` : '',
    );
  }
  progress.end();
  if (result.numCached > 0)
    progress.say(`${result.numCached} of ${photos.length} embeddings were kept from before`);
  return result;
}

/** The embedding of a photo as the network gives it, and the score of the face it is of. */
type Embed = (picture: Image, name: string) => Promise<{ raw: Float32Array; score: number }>;

async function embedOne(embed: Embed, picture: Image, name: string): Promise<CachedEmbedding> {
  try {
    const { raw, score } = await embed(picture, name);
    return { embedding: normalized(raw), weight: Math.hypot(...raw) * score, error: null };
  } catch (error) {
    if (!isPhotoError(error)) throw error;
    return { embedding: null, weight: null, error: error.toJSON() };
  }
}

/** The face a photo is of: see `chooseSubject`. */
function subjectEmbed(detector: Detector, recognizer: Recognizer, detect: DetectOptions): Embed {
  if (!detector.hasLandmarks) throw new SemblanceError('MODEL_NO_LANDMARKS');
  return async (picture, name) => {
    const faces = await detector.detect(picture, detect);
    const face = chooseSubject(faces, picture.width, picture.height);
    if (!face?.landmarks) throw new SemblanceError('NO_FACE', `no face was found in ${basename(name)}`);
    const crop = alignFace(picture, face.landmarks, recognizer.cropSize);
    return { raw: (await recognizer.embed([crop], { normalize: false }))[0]!, score: face.score };
  };
}

function cropEmbed(recognizer: Recognizer): Embed {
  const size = recognizer.cropSize;
  return async (picture) => {
    const isFitting = picture.width === size && picture.height === size;
    const crop = isFitting ? picture : await resizeImage(picture, size, size);
    return { raw: (await recognizer.embed([crop], { normalize: false }))[0]!, score: 1 };
  };
}
