import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { lockPlace, makeFolder, putInPlace } from '@semblance/core/files';
import type { Image } from '@semblance/face/image';
import { type DialectScore, type Manifest, MODEL_FILES } from '@semblance/face/models';
import { scope, type Tensor } from '@semblance/torch';
import { SemblanceError } from '../error.ts';
import { writeDetector, writeRecognizer } from '../trainer/model-folder.ts';
import { decideDialect, trialFaces, tryDialect } from './check-dialect.ts';
import { type WeightsDialect, weightsDialectOf } from './dialects.ts';
import { loadStrictly, readStateDict } from './state-dict.ts';

const MANIFEST = 'manifest.json';

export interface ImportTorchOptions {
  /** A file that torch.save wrote: .pth, .pt, .tar. */
  file: string;
  /** A name of the table of dialects, or a dialect of your own. */
  dialect: string | WeightsDialect;
  /** The model folder to be made. */
  out: string;
  /** Pictures with faces on which a detector is tried; synthetic portraits if none are given. */
  images?: Image[];
  /** Writes over a model that is there. */
  overwrite?: boolean;
}

export interface ImportTorchResult {
  manifest: Manifest;
  /** How well a detector's boxes agree under the dialect; null for a recognizer. */
  score: DialectScore | null;
}

/**
 * Makes a model folder (ONNX, safetensors, manifest) of published torch weights.
 *
 * Names and shapes must be those of the dialect, all of them. Where another dialect has the same names and
 * shapes, the detector is tried on pictures, and refused if its boxes contradict each other. The folder appears
 * whole or not at all.
 *
 * @throws PATH_NOT_FOUND, PATH_EXISTS, MODEL_INVALID, MODEL_DIALECT_UNKNOWN, MODEL_DIALECT_MISMATCH
 * @example
 * Not run here: it needs published weights.
 *
 * ```ts
 * import { importTorchWeights } from '@semblance/train';
 *
 * const file = 'mobilenet0.25_Final.pth';
 * await importTorchWeights({ file, dialect: 'retinaface-mnet025', out: 'models/imported' });
 * ```
 */
export async function importTorchWeights(options: ImportTorchOptions): Promise<ImportTorchResult> {
  const { file, overwrite = false } = options;
  const out = resolve(options.out);
  const dialect = weightsDialectOf(options.dialect);
  if (existsSync(join(out, MANIFEST)) && !overwrite) {
    throw new SemblanceError('PATH_EXISTS', `${out} already contains a model`);
  }
  using _lock = await lockPlace(out, 'model import');
  const state = readStateDict(file);
  await makeFolder(dirname(out));
  const temporary = await mkdtemp(join(dirname(out), `.${basename(out)}-`));
  try {
    const made = join(temporary, 'model');
    const manifest = await writeModel(made, dialect, state, file);
    const score = await checked(options, dialect, state, made, temporary);
    await putModel(made, out);
    return { manifest, score };
  } finally {
    for (const tensor of state.values()) tensor.dispose();
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Puts a model's files in its folder, the manifest last; what else is there stays. */
async function putModel(made: string, out: string): Promise<void> {
  await makeFolder(out);
  const files = (await readdir(made)).filter((name) => name !== MANIFEST);
  for (const name of files) await putInPlace(join(made, name), join(out, name));
  for (const name of MODEL_FILES.filter((name) => !files.includes(name)))
    await rm(join(out, name), { force: true });
  await putInPlace(join(made, MANIFEST), join(out, MANIFEST));
}

type State = ReadonlyMap<string, Tensor>;

async function writeModel(
  dir: string,
  dialect: WeightsDialect,
  state: State,
  file: string,
): Promise<Manifest> {
  const origin = { dialect: dialect.name, file: basename(file) };
  await mkdir(dir);
  using _ = scope();
  if (dialect.task === 'detection') {
    const detector = dialect.create();
    try {
      loadStrictly(detector.network, state, dialect.name);
      return await writeDetector(dir, detector, dialect.architecture, { origin });
    } finally {
      detector.network.dispose();
    }
  }
  const { architecture, network, inputSize, embeddingSize } = dialect.create(state);
  try {
    loadStrictly(network, state, dialect.name);
    const facts = { inputSize, embeddingSize, mean: dialect.mean, std: dialect.std };
    return await writeRecognizer(dir, network, architecture, facts, { origin });
  } finally {
    network.dispose();
  }
}

/** Tries a detector with lookalikes on pictures, under its dialect and under theirs. */
async function checked(
  { images, file }: ImportTorchOptions,
  dialect: WeightsDialect,
  state: State,
  dir: string,
  temporary: string,
): Promise<DialectScore | null> {
  if (dialect.task !== 'detection') return null;
  const pictures = images ? { images } : await trialFaces();
  const chosen = await tryDialect(dialect.name, dir, pictures);
  if (chosen.score.verdict !== 'consistent') {
    const others = [];
    for (const lookalike of dialect.lookalikes) {
      const other = weightsDialectOf(lookalike);
      const otherDir = join(temporary, other.name);
      await writeModel(otherDir, other, state, file);
      others.push(await tryDialect(other.name, otherDir, pictures));
    }
    decideDialect(chosen, others);
  }
  return chosen.score;
}
