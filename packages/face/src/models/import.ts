import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SemblanceError } from '../error.ts';
import type { Image } from '../image/image.ts';
import { type ConventionOptions, draftManifest } from './conventions.ts';
import { Detector } from './detector.ts';
import { type DialectScore, scoreDialect } from './dialect-score.ts';
import { dialectName, type NamedDialect } from './dialects.ts';
import type { DetectionManifest, Manifest } from './manifest.ts';
import { writeManifest } from './model-folder.ts';
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
  /** Writes over a model that is there. */
  overwrite?: boolean;
}

export interface ImportResult {
  manifest: Manifest;
  /** What trying the detector on the pictures gave; null if there were none, or for a recognizer. */
  score: DialectScore | null;
}

/**
 * Makes a model folder of a foreign ONNX file: a copy of it, and a manifest of its conventions.
 *
 * A detector is tried on the pictures given; nothing is written if it contradicts its dialect.
 *
 * @throws SemblanceError PATH_NOT_FOUND, PATH_EXISTS, MODEL_INVALID, MODEL_DIALECT_UNKNOWN,
 * MODEL_DIALECT_MISMATCH, USAGE_MISSING_ARGUMENT, MODEL_MANIFEST_INVALID.
 */
export async function importOnnx(options: ImportOptions): Promise<ImportResult> {
  const { file, dialect, out, conventions, images = [], overwrite = false } = options;
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new SemblanceError('PATH_NOT_FOUND', `no such file: ${file}`, { cause });
  });
  const isTaken = (await stat(join(out, 'manifest.json')).catch(() => null)) !== null;
  if (isTaken && !overwrite) throw new SemblanceError('PATH_EXISTS', `${out} holds a model already`);
  const session = await openSession(bytes);
  try {
    const draft = {
      ...draftManifest(bytes, session, dialect, conventions),
      origin: { dialect: dialectName(dialect), file: basename(file) },
    };
    const score =
      draft.task === 'detection' ? await tryDetector(draft, session, images, dialectName(dialect)) : null;
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'model.onnx'), bytes);
    return { manifest: await writeManifest(out, draft), score };
  } finally {
    await session.dispose();
  }
}

type DetectionDraft = Omit<DetectionManifest, 'format' | 'files'>;

async function tryDetector(
  draft: DetectionDraft,
  session: Session,
  images: Image[],
  dialect: string,
): Promise<DialectScore | null> {
  if (images.length === 0) return null;
  // Its files are not hashed yet: this detector is never written or named.
  const manifest: DetectionManifest = {
    ...draft,
    format: 'semblance-model/1',
    files: { 'model.onnx': { sha256: '', sizeBytes: 1 } },
  };
  const score = await scoreDialect(new Detector(manifest, session), images);
  assertDialect(score, dialect);
  return score;
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
