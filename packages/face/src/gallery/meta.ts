import { SemblanceError } from '../error.ts';
import { chooseThreshold } from '../pipeline/threshold.ts';
import type { GalleryMeta } from './store.ts';

/** The model that made a gallery's embeddings. */
export interface GalleryModel {
  /** `Recognizer.id`: embeddings may be compared where these agree. */
  modelId: string;
  embeddingSize: number;
}

export interface CreateGalleryOptions extends GalleryModel {
  /** Cosine similarity from which a face counts as known. */
  threshold?: number;
  thresholdBasis?: string;
  detectorId?: string | null;
}

/** What a new gallery says of itself. */
export function newMeta(options: CreateGalleryOptions): GalleryMeta {
  const { modelId, embeddingSize, detectorId = null } = options;
  const threshold = chooseThreshold({ given: options.threshold });
  return {
    format: 'semblance-gallery/1',
    modelId,
    embeddingSize,
    threshold: threshold.value,
    thresholdBasis: options.thresholdBasis ?? threshold.basis,
    detectorId,
    createdAt: new Date().toISOString(),
  };
}

/** @throws SemblanceError GALLERY_MODEL_MISMATCH where the gallery holds embeddings of another recognizer. */
export function checkModel(meta: GalleryMeta, modelId: string): void {
  if (modelId === meta.modelId) return;
  throw new SemblanceError(
    'GALLERY_MODEL_MISMATCH',
    `the gallery was built with the recognizer ${meta.modelId}, not with ${modelId}: use that recognizer, or build the gallery again`,
    { details: { expected: meta.modelId, received: modelId } },
  );
}
