import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { exists, lockPlace, makeFolder, writeFileAside } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import type { Image } from '../image/image.ts';
import { type ConventionOptions, draftManifest } from './conventions.ts';
import { Detector } from './detector.ts';
import { type DialectScore, scoreDialect } from './dialect-score.ts';
import { dialectName, type NamedDialect } from './dialects.ts';
import type { ImpostorCurve } from './impostors.ts';
import {
  type DetectionManifest,
  MANIFEST_FORMAT,
  type Manifest,
  type RecognitionManifest,
} from './manifest.ts';
import { writeManifest } from './model-folder.ts';
import { Recognizer } from './recognizer.ts';
import { openSession, type Session } from './session.ts';

export interface ImportOptions {
  /** An ONNX file. */
  file: string;
  /** A name of the table in dialects.ts, 'custom', or a dialect of your own. */
  dialect: string | NamedDialect;
  /** The model folder to be made. */
  out: string;
  /** What is known better than the dialect. */
  conventions?: ConventionOptions;
  /** Pictures with faces on which a detector is tried: see `scoreDialect`. */
  images?: Image[];
  /** What else the manifest says: a pulled model's name, place and license. */
  origin?: Partial<NonNullable<Manifest['origin']>>;
  /** Cosine similarity from which two faces count as one person, where the makers say one. */
  threshold?: Manifest['threshold'];
  /** How alike a recognizer finds different people, where that was measured. */
  impostors?: ImpostorCurve;
  /** Writes over a model that is there. */
  overwrite?: boolean;
}

export interface ImportResult {
  manifest: Manifest;
  /** What trying a detector on the pictures gave; null if there were none, or for a recognizer. */
  score: DialectScore | null;
}

/**
 * Makes a model folder of a foreign ONNX file: a copy of it, and a manifest of its conventions.
 *
 * A detector is tried on the pictures given, a recognizer on two patterns; nothing is written if a detector contradicts
 * its dialect, or a recognizer gives no numbers or tells nothing apart.
 *
 * @throws SemblanceError PATH_NOT_FOUND, PATH_EXISTS, MODEL_INVALID, MODEL_DIALECT_UNKNOWN,
 * MODEL_DIALECT_MISMATCH, USAGE_MISSING_ARGUMENT, MODEL_MANIFEST_INVALID.
 * @example
 * ```ts
 * import { importOnnx } from '@semblance/face';
 *
 * const { manifest } = await importOnnx({
 *   file: 'recognizer.onnx',
 *   dialect: 'arcface-insightface',
 *   out: 'models/imported',
 * });
 * console.log(manifest.task, Object.keys(manifest.files)); // recognition [ 'model.onnx' ]
 * ```
 */
export async function importOnnx(options: ImportOptions): Promise<ImportResult> {
  const { file, dialect, out, conventions, images = [], overwrite = false, threshold } = options;
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new SemblanceError('PATH_NOT_FOUND', `no such file: ${file}`, { cause });
  });
  const isTaken = await exists(join(out, 'manifest.json'));
  if (isTaken && !overwrite) throw taken(out);
  const session = await openSession(bytes);
  try {
    const draft = {
      ...draftManifest(bytes, session, dialect, conventions),
      origin: { dialect: dialectName(dialect), file: basename(file), ...options.origin },
      ...(threshold ? { threshold } : {}),
    };
    const score =
      draft.task === 'detection' ? await tryDetector(draft, session, images, dialectName(dialect)) : null;
    if (draft.task === 'recognition') {
      await tryRecognizer(draft, session, file);
      if (options.impostors) draft.impostors = options.impostors;
    }
    using _lock = await lockPlace(out, 'model import');
    if (!overwrite && (await exists(join(out, 'manifest.json')))) throw taken(out); // made by another meanwhile
    await makeFolder(out);
    await writeFileAside(join(out, 'model.onnx'), bytes);
    return { manifest: await writeManifest(out, draft), score };
  } finally {
    await session.close();
  }
}

const taken = (out: string): SemblanceError =>
  new SemblanceError('PATH_EXISTS', `${out} already contains a model`);

type DetectionDraft = Omit<DetectionManifest, 'format' | 'files'>;
type RecognitionDraft = Omit<RecognitionManifest, 'format' | 'files'>;

/** Files of a model that is tried before it is written: they are not hashed yet. */
const untold = { format: MANIFEST_FORMAT, files: { 'model.onnx': { sha256: '', sizeBytes: 1 } } } as const;

async function tryDetector(
  draft: DetectionDraft,
  session: Session,
  images: Image[],
  dialect: string,
): Promise<DialectScore | null> {
  if (images.length === 0) return null;
  const score = await scoreDialect(new Detector({ ...draft, ...untold }, session), images);
  assertDialect(score, dialect);
  return score;
}

/** Refuses a recognizer that gives other than numbers, or the same for everything. */
async function tryRecognizer(draft: RecognitionDraft, session: Session, file: string): Promise<void> {
  const recognizer = new Recognizer({ ...draft, ...untold }, session);
  const size = recognizer.cropSize;
  const stripes = (period: number, step: number): Image => {
    const data = new Uint8Array(3 * size * size);
    for (let i = 0; i < data.length; i++) data[i] = (Math.floor(i / period) * step) % 256;
    return { data, width: size, height: size };
  };
  const [a, b] = (await recognizer.embed([stripes(3, 7), stripes(3 * size, 2)])) as [
    Float32Array,
    Float32Array,
  ];
  const isNumbers = [a, b].every((embedding) => embedding.every(Number.isFinite) && embedding.some(Boolean));
  if (isNumbers && a.some((value, i) => Math.abs(value - b[i]!) > 1e-4)) return;
  const what = isNumbers ? 'gives the same embedding for different pictures' : 'gives no embedding';
  throw new SemblanceError('MODEL_DIALECT_MISMATCH', `${file} was tried and ${what}`);
}

/**
 * Refuses a detector whose boxes contradict its dialect.
 *
 * @throws SemblanceError MODEL_DIALECT_MISMATCH with the measured figures in its details.
 */
export function assertDialect(score: DialectScore, dialect: string): void {
  if (score.verdict !== 'inconsistent') return;
  const anchors = (1 - score.drift).toFixed(2);
  const message =
    `the model does not follow the dialect ${dialect}: neighbouring cells disagree about the same face, ` +
    `as if its anchors were ${anchors} of what they should be`;
  throw new SemblanceError('MODEL_DIALECT_MISMATCH', message, { details: { ...score } });
}
