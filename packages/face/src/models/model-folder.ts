import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, hashBytes, hashFile, textOf, writeJsonFile } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { MANIFEST_FORMAT, type Manifest, type ManifestDraft, parseManifest } from './manifest.ts';

/** Files whose bytes a manifest vouches for; the others of a folder (metrics, reports) may grow. */
export const MODEL_FILES = ['model.onnx', 'model.safetensors'];

/** SHA-256 and size of a file. */
async function factsOf(path: string): Promise<{ sha256: string; sizeBytes: number }> {
  return { sha256: await hashFile(path), sizeBytes: (await stat(path)).size };
}

/**
 * Writes manifest.json of a model folder, with size and SHA-256 of each of its model files as they are now.
 *
 * @returns the manifest as written.
 * @throws SemblanceError MODEL_NOT_FOUND if the folder holds no model.onnx, MODEL_MANIFEST_INVALID.
 */
export async function writeManifest(dir: string, draft: ManifestDraft): Promise<Manifest> {
  const files: Manifest['files'] = {};
  for (const name of MODEL_FILES)
    if (await exists(join(dir, name))) files[name] = await factsOf(join(dir, name));
  if (!files['model.onnx']) throw new SemblanceError('MODEL_NOT_FOUND', `${dir} has no model.onnx`);
  const manifest = parseManifest({ ...draft, format: MANIFEST_FORMAT, files });
  const path = join(dir, 'manifest.json');
  await writeJsonFile(path, manifest);
  return manifest;
}

/**
 * Reads and checks manifest.json of a model folder.
 *
 * @throws SemblanceError MODEL_NOT_FOUND, MODEL_MANIFEST_INVALID.
 */
export async function readManifest(dir: string): Promise<Manifest> {
  const path = join(dir, 'manifest.json');
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new SemblanceError('MODEL_NOT_FOUND', `${dir} is not a model folder: it has no manifest.json`, {
      cause,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(textOf(bytes));
  } catch (cause) {
    throw new SemblanceError('MODEL_MANIFEST_INVALID', `${path} is not valid JSON`, { cause });
  }
  return parseManifest(value);
}

/**
 * Reads a model folder's manifest and holds every file it lists against its SHA-256.
 *
 * @throws SemblanceError MODEL_TAMPERED naming the file; those of {@link readManifest}.
 * @returns its manifest
 * @example
 * ```ts
 * import { verifyModel } from '@semblance/face';
 *
 * const { files } = await verifyModel('models/detector');
 * console.log(files['model.onnx']?.sha256.length); // 64
 * ```
 */
export async function verifyModel(dir: string): Promise<Manifest> {
  const manifest = await readManifest(dir);
  for (const [name, expected] of Object.entries(manifest.files)) {
    if (!(await exists(join(dir, name)))) throw tampered(dir, name, 'is missing');
    if ((await hashFile(join(dir, name))) !== expected.sha256) throw tampered(dir, name, 'was changed');
  }
  return manifest;
}

/** Reads model.onnx and holds the very bytes that will be run against the manifest. */
export async function readVerifiedOnnx(dir: string, manifest: Manifest): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(join(dir, 'model.onnx'));
  } catch (cause) {
    throw new SemblanceError('MODEL_NOT_FOUND', `${dir} has no model.onnx`, { cause });
  }
  if (hashBytes(bytes) !== manifest.files['model.onnx']!.sha256)
    throw tampered(dir, 'model.onnx', 'was changed');
  return bytes;
}

function tampered(dir: string, file: string, what: string): SemblanceError {
  const message = `${join(dir, file)} ${what} since its manifest was written: its SHA-256 differs`;
  return new SemblanceError('MODEL_TAMPERED', message, { details: { file } });
}
