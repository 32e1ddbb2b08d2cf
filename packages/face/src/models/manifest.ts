import { check } from '@semblance/core/schema';
import { z } from 'zod';
import { SemblanceError } from '../error.ts';
import { impostorCurve } from './impostors.ts';

export const MANIFEST_FORMAT = 'semblance-model/1';

const text = z.string().min(1);
const count = z.int().min(1);
const json = z.record(z.string(), z.unknown());
const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ expected: '64 hexadecimal digits' });
/** No folders, so that a manifest cannot reach out of its own. */
const fileName = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/)
  .meta({ expected: 'bare file names' });

/** How pixels become the network's input: (x − mean) / std for each channel, x from 0 to 255, NCHW. */
const input = z.strictObject({
  name: text,
  /** Fixed size in pixels, or null where any multiple of `multipleOf` will do. */
  width: count.nullable(),
  height: count.nullable(),
  multipleOf: count,
  /** Fixed batch, or null where any will do. */
  batch: count.nullable(),
  channels: z.enum(['RGB', 'BGR']),
  /** In the order of `channels`. */
  mean: z.array(z.number()).length(3),
  std: z.array(z.number().positive()).length(3),
});

const detector = z.strictObject({
  /** A name of the table in heads/index.ts. */
  head: text,
  /** Names of the network's outputs by role, one for each level or one for all. */
  outputs: z.record(z.string(), z.array(text)),
  strides: z.array(count),
  /** Anchor sides in pixels for each level; an empty list where the head has no anchors. */
  minSizes: z.array(z.array(z.number().positive())),
  variances: z.array(z.number().positive()).length(2),
  /** Anchors in each cell, for heads without anchor sizes. */
  anchorsPerCell: count,
  /** What the network leaves to do: nothing, or a softmax over (background, face). */
  scores: z.enum(['probabilities', 'logits']),
  landmarks: z.boolean(),
});

const recognizer = z.strictObject({
  output: text,
  embeddingSize: count,
  /** Alignment: the five-point template of align/template.ts, for crops of the input's size. */
  template: z.literal('arcface'),
  /** Whether the embedding of the mirrored crop is added by default. */
  flip: z.boolean(),
});

const files = z
  .record(fileName, z.strictObject({ sha256, sizeBytes: count }))
  .refine((listed) => Object.hasOwn(listed, 'model.onnx'), 'an entry model.onnx');

const common = {
  format: z.literal(MANIFEST_FORMAT),
  architecture: text,
  createdAt: text,
  input,
  files,
  /** Where an imported model comes from. */
  origin: z
    .strictObject({
      dialect: text,
      file: text,
      /** Of a pulled model: its name in the catalogue, where its bytes came from, and who may use it. */
      name: text.optional(),
      url: text.optional(),
      license: z
        .strictObject({
          name: text,
          restriction: text.optional(),
          url: text.optional(),
          trainedOn: text.optional(),
        })
        .optional(),
    })
    .optional(),
  /** The resolved recipe of the training run. */
  recipe: json.optional(),
  /** Fingerprint of the training data. */
  data: json.optional(),
  metrics: json.optional(),
  /** Versions of what made the model. */
  engine: z.record(z.string(), text).optional(),
  /** Cosine similarity from which two faces count as one person, and how it was found. */
  threshold: z.strictObject({ value: z.number(), basis: text }).optional(),
};

const detection = z.strictObject({ ...common, task: z.literal('detection'), detector });
const recognition = z.strictObject({
  ...common,
  task: z.literal('recognition'),
  recognizer,
  /** How alike it finds different people: see `measureImpostors`. */
  impostors: impostorCurve.optional(),
});
const tasks = { detection, recognition };
const kind = z.looseObject({ task: z.enum(['detection', 'recognition']) });
const whole = { whole: 'the manifest' };

export type InputConventions = z.infer<typeof input>;
export type DetectorConventions = z.infer<typeof detector>;
export type RecognizerConventions = z.infer<typeof recognizer>;
export type DetectionManifest = z.infer<typeof detection>;
export type RecognitionManifest = z.infer<typeof recognition>;
/** manifest.json of a model folder. */
export type Manifest = DetectionManifest | RecognitionManifest;
/** A manifest before its files are hashed. */
export type ManifestDraft =
  | Omit<DetectionManifest, 'format' | 'files'>
  | Omit<RecognitionManifest, 'format' | 'files'>;

/**
 * Checks a parsed manifest key by key; unknown keys are refused.
 *
 * @returns the value itself, its keys in the order they have
 * @throws SemblanceError MODEL_MANIFEST_INVALID naming the key that is wrong.
 */
export function parseManifest(value: unknown): Manifest {
  const flaw = check(kind, value, whole) ?? check(tasks[(value as Manifest).task], value, whole);
  if (!flaw) return value as Manifest;
  throw new SemblanceError('MODEL_MANIFEST_INVALID', `the manifest is not valid: ${flaw.message}`, {
    details: { key: flaw.path },
  });
}
