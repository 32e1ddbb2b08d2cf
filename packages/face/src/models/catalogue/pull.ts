import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Env } from '@semblance/core';
import { makeFolder, putInPlace } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import type { Image } from '../../image/image.ts';
import { readDefaults, writeDefaults } from '../home/defaults.ts';
import { modelsFolder, modelsNamed, type PulledModel, partNames } from '../home/pulled.ts';
import { importOnnx } from '../import.ts';
import { verifyModel } from '../model-folder.ts';
import { catalogueEntry } from './catalogue.ts';
import { type CatalogueEntry, fileNameOf } from './entry.ts';
import { type ObtainOptions, obtain } from './obtain.ts';

export interface PullOptions extends Omit<ObtainOptions, 'env'> {
  env?: Env;
  /** Says that a license that restricts its use was read and is accepted. */
  acceptLicense?: boolean;
  /** Fetches it again where it is there already. */
  force?: boolean;
  /** Pictures with faces on which a detector is tried before it is kept. */
  images?: (() => Promise<Image[]>) | undefined;
}

export interface PullResult {
  entry: CatalogueEntry;
  models: PulledModel[];
  /** Whether it was there already, whole. */
  isKept: boolean;
  /** Of the models those that are now the default of their task, since there was none. */
  madeDefault: PulledModel[];
}

/**
 * Fetches a published model into the user's own folder: checked by its SHA-256, made a model folder by its dialect, and
 * tried. The first detector and the first recognizer become the defaults.
 *
 * @param model a name of the catalogue, or an entry of one's own
 * @throws SemblanceError MODEL_NOT_FOUND, MODEL_LICENSE_NOT_ACCEPTED, MODEL_BUSY, MODEL_DIALECT_MISMATCH, MODEL_INVALID, and those
 *   of {@link obtain}
 * @example
 * Not run here: it downloads a model.
 *
 * ```ts
 * import { loadDetector } from '@semblance/face';
 * import { pullModel } from '@semblance/face/catalogue';
 *
 * await pullModel('yunet');
 * await using detector = await loadDetector('yunet');
 * ```
 */
export async function pullModel(
  model: string | CatalogueEntry,
  { env = process.env, acceptLicense = false, force = false, images, ...options }: PullOptions = {},
): Promise<PullResult> {
  const entry = typeof model === 'string' ? await catalogueEntry(model, env) : model;
  const { license, name } = entry;
  if (license.restriction && !acceptLicense) {
    const where = license.url ? ` (${license.url})` : '';
    throw new SemblanceError(
      'MODEL_LICENSE_NOT_ACCEPTED',
      `${name} is for ${license.restriction}, by its license, ${license.name}${where}: ` +
        'read it, and add --accept-license where your use is allowed',
      { details: { name, license: license.name } },
    );
  }
  const there = force ? [] : await wholeModels(entry, env);
  if (there.length === entry.models.length) {
    return { entry, models: there, isKept: true, madeDefault: await becomeDefaults(there, env) };
  }
  const dir = await takeTurn(name, env);
  try {
    const { paths, fetched } = await obtain(entry, dir, { env, ...options });
    await makeFolders(entry, paths, join(dir, 'models'), images);
    const place = join(modelsFolder(env), name);
    await rm(place, { recursive: true, force: true });
    await putInPlace(join(dir, 'models'), place);
    if (fetched) await rm(fetched);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
  const models = await modelsNamed(name, env);
  return { entry, models, isKept: false, madeDefault: await becomeDefaults(models, env) };
}

async function makeFolders(
  entry: CatalogueEntry,
  paths: readonly string[],
  out: string,
  images: PullOptions['images'],
): Promise<void> {
  const { name, license } = entry;
  for (const [i, { task, dialect, conventions, member, threshold, impostors }] of entry.models.entries()) {
    await importOnnx({
      file: paths[i]!,
      dialect,
      out: entry.models.length === 1 ? out : join(out, partNames[task]),
      ...(conventions ? { conventions } : {}),
      ...(threshold ? { threshold } : {}),
      ...(impostors ? { impostors } : {}),
      ...(task === 'detection' && images ? { images: await images() } : {}),
      origin: { file: member?.file ?? fileNameOf(entry), name, url: entry.file.url, license },
    });
  }
}

/** The models of that name, if every file is what its manifest says. */
async function wholeModels(entry: CatalogueEntry, env: Env): Promise<PulledModel[]> {
  const models = (await modelsNamed(entry.name, env)).filter(
    ({ manifest, task }) =>
      manifest.origin?.name === entry.name &&
      // another edition of the catalogue may name another file
      manifest.files['model.onnx']!.sha256 === hashOf(entry, task, manifest.files['model.onnx']!.sha256),
  );
  for (const { path } of models) await verifyModel(path);
  return models;
}

/** The hash that a task's network should have; `otherwise` where only its archive has one. */
function hashOf(entry: CatalogueEntry, task: string, otherwise: string): string | undefined {
  const model = entry.models.find((candidate) => candidate.task === task);
  if (!model) return undefined;
  return model.member ? (model.member.sha256 ?? otherwise) : entry.file.sha256;
}

async function becomeDefaults(models: readonly PulledModel[], env: Env): Promise<PulledModel[]> {
  const defaults = await readDefaults(env);
  const first = models.filter(({ task }) => !defaults[partNames[task]]);
  if (first.length > 0)
    await writeDefaults(Object.fromEntries(first.map(({ task, name }) => [partNames[task], name])), env);
  return first;
}

/**
 * A folder of this process's own to pull a model in, if nobody else is at it; those of processes that are gone go.
 *
 * @throws SemblanceError MODEL_BUSY
 */
async function takeTurn(name: string, env: Env): Promise<string> {
  const root = modelsFolder(env);
  const prefix = `.pulling-${name}-`;
  await makeFolder(root);
  const busy = (pid: number): SemblanceError =>
    new SemblanceError('MODEL_BUSY', `process ${pid} is pulling ${name}: wait until it is done`);
  for (const entry of await readdir(root)) {
    const pid = Number(entry.startsWith(prefix) ? entry.slice(prefix.length) : Number.NaN);
    if (!Number.isInteger(pid)) continue;
    if (isAlive(pid)) throw busy(pid);
    await rm(join(root, entry), { recursive: true, force: true });
  }
  const own = join(root, prefix + process.pid);
  try {
    await mkdir(own);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? busy(process.pid) : error;
  }
  return own;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
