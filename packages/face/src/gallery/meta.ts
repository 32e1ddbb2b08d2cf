import { SemblanceError } from '../error.ts';
import { chooseThreshold } from '../pipeline/threshold.ts';
import type { GalleryKeys } from './sealing/key-source.ts';
import { changedSettings, type SettingsChange } from './settings.ts';
import type { GalleryMeta, ThresholdRule } from './store.ts';
import { estimateThreshold, type OwnLaw, type ThresholdOptions } from './threshold.ts';

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
  /** Finds the threshold by the gallery's people, and anew as they change; `threshold` is then left out. */
  thresholdBy?: ThresholdOptions;
  detectorId?: string | null;
  /** Where its keys are to be; what the environment says if not given, see `galleryKeys`. */
  keys?: GalleryKeys | undefined;
  settings?: SettingsChange;
}

export interface GalleryStats {
  subjects: number;
  faces: number;
  embeddingSize: number;
  threshold: number;
  modelId: string;
}

/** What a new gallery says of itself. @throws SemblanceError DATA_INVALID for settings that mean nothing */
export function newMeta(options: CreateGalleryOptions): GalleryMeta {
  const { modelId, embeddingSize, detectorId = null } = options;
  const { thresholdBy } = options;
  const rule = thresholdBy && options.threshold === undefined ? ruleOf(thresholdBy, 0) : null;
  const { threshold, basis } = rule
    ? estimateThreshold([], rule)
    : asEstimate(chooseThreshold({ given: options.threshold }));
  return {
    format: 'semblance-gallery/1',
    modelId,
    embeddingSize,
    threshold,
    thresholdBasis: options.thresholdBasis ?? basis,
    ...(rule ? { thresholdRule: rule } : {}),
    detectorId,
    createdAt: new Date().toISOString(),
    ...(options.settings ? { settings: changedSettings({}, options.settings) } : {}),
  };
}

const asEstimate = ({ value, basis }: { value: number; basis: string }) => ({ threshold: value, basis });

/** The options as a gallery keeps them, with what its own people said. */
export const ruleOf = (options: ThresholdOptions, numFaces: number, own?: OwnLaw): ThresholdRule => ({
  fpir: options.fpir ?? 0.01,
  ...(options.far ? { far: options.far } : {}),
  ...(options.calibration ? { calibration: options.calibration } : {}),
  ...(own ? { own } : {}),
  impostors: options.impostors ?? null,
  fallback: options.fallback ?? null,
  numFaces,
});

/** Below so many faces every change counts; above, the threshold hardly moves, and finding it takes a while. */
const EACH_CHANGE = 200;

/** Whether a gallery of so many faces should find its threshold anew. */
export function isThresholdDue(rule: ThresholdRule, numFaces: number): boolean {
  if (rule.numFaces === numFaces) return false;
  return numFaces < EACH_CHANGE || Math.abs(numFaces - rule.numFaces) > rule.numFaces / 20;
}

/** @throws SemblanceError GALLERY_MODEL_MISMATCH where the gallery holds embeddings of another recognizer. */
export function checkModel(meta: Pick<GalleryMeta, 'modelId'>, modelId: string): void {
  if (modelId === meta.modelId) return;
  throw new SemblanceError(
    'GALLERY_MODEL_MISMATCH',
    `the gallery was built with the recognizer ${meta.modelId}, not with ${modelId}: use that recognizer, or build the gallery again`,
    { details: { expected: meta.modelId, received: modelId } },
  );
}
