import { SemblanceError } from '../error.ts';
import * as s from './schema.ts';

export const MANIFEST_FORMAT = 'semblance-model/1';

const sha256: s.Check<string> = s.where('64 hexadecimal digits', (v) => /^[0-9a-f]{64}$/.test(String(v)));
/** A bare file name: no folders, so that a manifest cannot reach out of its own. */
const fileName = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** How pixels become the network's input: (x − mean) / std for each channel, x from 0 to 255, NCHW. */
const input = s.object({
  name: s.text,
  /** Fixed size in pixels, or null where any multiple of `multipleOf` will do. */
  width: s.nullable(s.count),
  height: s.nullable(s.count),
  multipleOf: s.count,
  /** Fixed batch, or null where any will do. */
  batch: s.nullable(s.count),
  channels: s.oneOf('RGB', 'BGR'),
  /** In the order of `channels`. */
  mean: s.list(s.number, 3),
  std: s.list(s.positive, 3),
});

const detector = s.object({
  /** A name of the table in heads/index.ts. */
  head: s.text,
  /** Names of the network's outputs by role, one for each level or one for all. */
  outputs: s.record(s.list(s.text)),
  strides: s.list(s.count),
  /** Anchor sides in pixels for each level; an empty list where the head has no anchors. */
  minSizes: s.list(s.list(s.positive)),
  variances: s.list(s.positive, 2),
  /** Anchors in each cell, for heads without anchor sizes. */
  anchorsPerCell: s.count,
  /** What the network leaves to do: nothing, or a softmax over (background, face). */
  scores: s.oneOf('probabilities', 'logits'),
  landmarks: s.flag,
});

const recognizer = s.object({
  output: s.text,
  embeddingSize: s.count,
  /** Alignment: the five-point template of align/template.ts, for crops of the input's size. */
  template: s.oneOf('arcface'),
  /** Whether the embedding of the mirrored crop is added by default. */
  flip: s.flag,
});

const common = {
  format: s.oneOf(MANIFEST_FORMAT),
  architecture: s.text,
  createdAt: s.text,
  input,
  files: s.record(s.object({ sha256, sizeBytes: s.count })),
};

const optional = {
  /** Where an imported model comes from. */
  origin: s.object({ dialect: s.text, file: s.text }),
  /** The resolved recipe of the training run. */
  recipe: s.json,
  /** Fingerprint of the training data. */
  data: s.json,
  metrics: s.json,
  /** Versions of what made the model. */
  engine: s.record(s.text),
  /** Cosine similarity from which two faces count as one person, and how it was found. */
  threshold: s.object({ value: s.number, basis: s.text }),
};

const detection = s.object({ ...common, task: s.oneOf('detection'), detector }, optional);
const recognition = s.object({ ...common, task: s.oneOf('recognition'), recognizer }, optional);

export type InputConventions = s.Checked<typeof input>;
export type DetectorConventions = s.Checked<typeof detector>;
export type RecognizerConventions = s.Checked<typeof recognizer>;
export type DetectionManifest = s.Checked<typeof detection>;
export type RecognitionManifest = s.Checked<typeof recognition>;
/** manifest.json of a model folder. */
export type Manifest = DetectionManifest | RecognitionManifest;
/** A manifest before its files are hashed. */
export type ManifestDraft =
  | Omit<DetectionManifest, 'format' | 'files'>
  | Omit<RecognitionManifest, 'format' | 'files'>;

/**
 * Checks a parsed manifest key by key; unknown keys are refused.
 *
 * @throws SemblanceError MODEL_MANIFEST_INVALID naming the first key that is wrong.
 */
export function parseManifest(value: unknown): Manifest {
  try {
    const task = (value as { task?: unknown } | null)?.task;
    const manifest = task === 'recognition' ? recognition(value, '') : detection(value, '');
    for (const name of Object.keys(manifest.files)) {
      if (!fileName.test(name))
        throw new s.SchemaError(`Expected a bare file name in files but received ${name}`);
    }
    if (!manifest.files['model.onnx']) throw new s.SchemaError('Expected model.onnx among files');
    return manifest;
  } catch (cause) {
    if (!(cause instanceof s.SchemaError)) throw cause;
    throw new SemblanceError('MODEL_MANIFEST_INVALID', `the manifest is not valid: ${cause.message}`, {
      cause,
    });
  }
}
