import { hashBytes } from '@semblance/core/files';
import { dot } from '@semblance/core/vector';
import { SemblanceError } from '../error.ts';
import { readImageFile } from '../image/image-file.ts';
import { eachEncoded, photosAt } from '../pipeline/each-photo.ts';
import type { Threshold } from '../pipeline/threshold.ts';
import type { FaceCache } from './face-cache.ts';
import type { NumberedFace } from './verify.ts';

/** A photo that shows the person who is looked for. */
export interface PhotoOfPerson {
  /** As people would write it: the folder that was given, joined with the name below it. */
  path: string;
  /** Cosine of the most similar face. */
  similarity: number;
  /** That face. */
  face: NumberedFace;
  /** Faces in the photo. */
  numFaces: number;
}

export interface Findings {
  /** Most similar first. */
  photos: PhotoOfPerson[];
  threshold: Threshold;
  /** Photos that were looked at, and those of them whose faces were known from before. */
  numPhotos: number;
  numKnown: number;
  /** Photos that cannot be used, and why. */
  refused: { path: string; code: string; message: string }[];
}

export interface FindOptions {
  folder: string;
  /** Of the person. */
  embedding: Float32Array;
  threshold: Threshold;
  /** The faces of a photo. */
  embed(bytes: Uint8Array): Promise<NumberedFace[]>;
  cache: FaceCache | null;
  /** What the faces depend on beside the photo's content: models, options. */
  cacheKey: string;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * The photos of a folder that show a person.
 *
 * @throws SemblanceError PATH_NOT_FOUND, DATA_EMPTY
 */
export async function findPerson(options: FindOptions): Promise<Findings> {
  const { folder, embedding, threshold, cache } = options;
  const listed = await photosAt(folder);
  const findings: Findings = { photos: [], threshold, numPhotos: listed.length, numKnown: 0, refused: [] };

  const work = async (bytes: Uint8Array): Promise<NumberedFace[]> => {
    const key = `${hashBytes(bytes)} ${options.cacheKey}`;
    const known = cache?.get(key);
    if (known) findings.numKnown++;
    if (known?.faces) return known.faces;
    if (known?.error) throw new SemblanceError(known.error.code, known.error.message);
    try {
      const faces = await options.embed(bytes);
      cache?.set(key, { faces, error: null });
      return faces;
    } catch (error) {
      // a picture that cannot be decoded cannot be tomorrow
      if (error instanceof SemblanceError && error.code.startsWith('IMAGE_'))
        cache?.set(key, { faces: null, error: { code: error.code, message: error.message } });
      throw error;
    }
  };
  let done = 0;
  for await (const { photo, result, error } of eachEncoded(listed, ({ path }) => readImageFile(path), work)) {
    if (error) findings.refused.push({ path: photo.path, code: error.code, message: error.message });
    else {
      const best = mostSimilar(embedding, result);
      if (best && best.similarity >= threshold.value)
        findings.photos.push({ path: photo.path, ...best, numFaces: result.length });
    }
    options.onProgress?.(++done, listed.length);
  }
  findings.photos.sort((a, b) => b.similarity - a.similarity);
  return findings;
}

function mostSimilar(
  embedding: Float32Array,
  faces: readonly NumberedFace[],
): { similarity: number; face: NumberedFace } | null {
  let best: { similarity: number; face: NumberedFace } | null = null;
  for (const face of faces) {
    const similarity = dot(embedding, face.embedding);
    if (!best || similarity > best.similarity) best = { similarity, face };
  }
  return best;
}
