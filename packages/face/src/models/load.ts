import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { hashBytes } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { type ConventionOptions, draftManifest, recognizeConventions } from './conventions.ts';
import { Detector } from './detector.ts';
import { dialectName, type NamedDialect } from './dialects.ts';
import { findModel } from './home/find.ts';
import { MANIFEST_FORMAT, type Manifest, parseManifest } from './manifest.ts';
import { readManifest, readVerifiedOnnx } from './model-folder.ts';
import { Recognizer } from './recognizer.ts';
import { openSession, type Session, type SessionOptions, type ShapedSession } from './session.ts';

export interface LoadOptions extends SessionOptions {
  /** For a bare .onnx: its dialect, by name or one of your own, where it cannot be recognised. */
  dialect?: string | NamedDialect;
  /** For a bare .onnx: what is known better than the dialect. */
  conventions?: ConventionOptions;
}

/** A model opened and not yet given its task. */
export interface OpenModel {
  manifest: Manifest;
  session: ShapedSession;
}

/**
 * Opens a model folder, after holding its bytes against the manifest, or a bare .onnx whose conventions are
 * given or recognised.
 *
 * `loadDetector` and `loadRecognizer` are what most programs want: they give the model its task.
 *
 * @throws SemblanceError MODEL_NOT_FOUND, MODEL_TAMPERED, MODEL_MANIFEST_INVALID, MODEL_INVALID,
 * MODEL_DIALECT_UNKNOWN, MODEL_DIALECT_MISMATCH.
 * @example
 * ```ts
 * import { openModel } from '@semblance/face/models';
 *
 * const { manifest, session } = await openModel('models/recognizer');
 * console.log(manifest.task, manifest.input.width); // recognition 112
 * await session.close();
 * ```
 */
export async function openModel(path: string, options: LoadOptions = {}): Promise<OpenModel> {
  const stats = await stat(path).catch((cause: unknown) => {
    throw new SemblanceError('MODEL_NOT_FOUND', `no such model: ${path}`, { cause });
  });
  if (stats.isDirectory()) {
    const manifest = await readManifest(path);
    const bytes = await readVerifiedOnnx(path, manifest);
    return { manifest, session: await openSession(bytes, options) };
  }
  const bytes = await readFile(path);
  const session = await openSession(bytes, options);
  try {
    const dialect = options.dialect ?? recognizeConventions(bytes, session);
    const draft = draftManifest(bytes, session, dialect, options.conventions);
    const files = { 'model.onnx': { sha256: hashBytes(bytes), sizeBytes: bytes.length } };
    const origin = { dialect: dialectName(dialect), file: basename(path) };
    return { manifest: parseManifest({ ...draft, format: MANIFEST_FORMAT, origin, files }), session };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** The manifest of a model folder, or the one that a bare .onnx is given; nothing is held against its hash. */
export async function readManifestOf(path: string): Promise<Manifest> {
  if ((await stat(path).catch(() => null))?.isDirectory()) return readManifest(path);
  const { manifest, session } = await openModel(path);
  await session.close();
  return manifest;
}

/**
 * Loads a detector: a model folder, a bare .onnx, or the name of a pulled model.
 *
 * @throws SemblanceError MODEL_WRONG_TASK if it is no detector; those of {@link openModel} and {@link findModel}.
 * @example
 * ```ts
 * import { loadDetector } from '@semblance/face';
 *
 * await using detector = await loadDetector('models/detector', { threads: 2 });
 * console.log(detector.hasLandmarks); // true
 * ```
 */
export async function loadDetector(model: string, options: LoadOptions = {}): Promise<Detector> {
  const path = await findModel(model, 'detection');
  const { manifest, session } = await openModel(path, options);
  if (manifest.task === 'detection') return giveSession(session, () => new Detector(manifest, session));
  await session.close();
  throw new SemblanceError(
    'MODEL_WRONG_TASK',
    `${path} is a ${manifest.task} model, but a detector is needed`,
  );
}

/**
 * Loads a recognizer: a model folder, a bare .onnx, or the name of a pulled model.
 *
 * @throws SemblanceError MODEL_WRONG_TASK if it is no recognizer; those of {@link openModel} and {@link findModel}.
 * @example
 * ```ts
 * import { loadRecognizer } from '@semblance/face';
 *
 * await using recognizer = await loadRecognizer('models/recognizer');
 * console.log(recognizer.cropSize, recognizer.embeddingSize); // 112 12
 * ```
 */
export async function loadRecognizer(model: string, options: LoadOptions = {}): Promise<Recognizer> {
  const path = await findModel(model, 'recognition');
  const { manifest, session } = await openModel(path, options);
  if (manifest.task === 'recognition') return giveSession(session, () => new Recognizer(manifest, session));
  await session.close();
  throw new SemblanceError(
    'MODEL_WRONG_TASK',
    `${path} is a ${manifest.task} model, but a recognizer is needed`,
  );
}

/** Makes what takes the session over; the session is closed if that fails. */
async function giveSession<T>(session: Session, make: () => T): Promise<T> {
  try {
    return make();
  } catch (error) {
    await session.close();
    throw error;
  }
}
