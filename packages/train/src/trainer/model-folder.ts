import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Manifest,
  type ManifestDraft,
  type RecognitionManifest,
  readManifest,
  writeManifest,
} from '@semblance/face/models';
import { type nn, noGrad, randn, scope, type Tensor } from '@semblance/torch';
import { exportOnnx } from '@semblance/torch/onnx';
import { loadSafetensors, saveSafetensors } from '@semblance/torch/safetensors';
import { type CreatedDetector, RetinaFaceInference } from '../detector/index.ts';
import { SemblanceError } from '../error.ts';
import { checkpointSteps } from '../run-folder.ts';
import { newestCheckpoint } from './checkpoint.ts';
import { detectionDraft } from './detection-manifest.ts';
import { engineVersions } from './engine.ts';
import type { Ranks } from './ranks.ts';
import { recognitionPixels } from './recognition-task.ts';

/** What a manifest records of how the model came to be. */
export type Provenance = Pick<ManifestDraft, 'recipe' | 'data' | 'metrics' | 'origin'>;

/** The manifest of a model folder that rank 0 writes while the others wait. */
export async function writtenByFirst(
  ranks: Ranks,
  dir: string,
  write: () => Promise<Manifest>,
): Promise<Manifest> {
  const written = ranks.isFirst ? await write() : null;
  ranks.barrier();
  return written ?? readManifest(dir);
}

/**
 * Writes a recognizer's model.safetensors, model.onnx (held against the network in ONNX Runtime) and manifest.json.
 *
 * @throws TorchError EXPORT_PARITY_FAILED where the file computes something else
 */
export async function writeRecognizer(
  dir: string,
  backbone: nn.Module,
  architecture: string,
  { inputSize, embeddingSize, mean = recognitionPixels.mean, std }: RecognizerFacts,
  provenance: Provenance,
): Promise<RecognitionManifest> {
  using _ = scope();
  backbone.to({ device: 'cpu' });
  saveWeights(dir, backbone);
  const example = noGrad(() => randn([2, 3, inputSize, inputSize]).clamp(-1, 1));
  await exportOnnx(backbone, [example], {
    path: join(dir, 'model.onnx'),
    inputNames: ['input'],
    outputNames: ['embedding'],
    dynamicAxes: { input: { 0: 'batch' } },
  });
  const manifest: Omit<RecognitionManifest, 'format' | 'files'> = {
    task: 'recognition',
    architecture,
    createdAt: new Date().toISOString(),
    input: {
      name: 'input',
      width: inputSize,
      height: inputSize,
      multipleOf: 1,
      batch: null,
      channels: 'RGB',
      mean,
      std: std ?? [recognitionPixels.std, recognitionPixels.std, recognitionPixels.std],
    },
    recognizer: { output: 'embedding', embeddingSize, template: 'arcface', flip: true },
    engine: engineVersions(),
    ...provenance,
  };
  return writeManifest(dir, manifest) as Promise<RecognitionManifest>;
}

export interface RecognizerFacts {
  inputSize: number;
  embeddingSize: number;
  /** Of R, G, B from 0 to 255. */
  mean?: [number, number, number];
  std?: [number, number, number];
}

/**
 * Writes a detector's model.safetensors, model.onnx (any multiple of 32 for height and width, any batch) and
 * manifest.json.
 *
 * @throws TorchError EXPORT_PARITY_FAILED
 */
export async function writeDetector(
  dir: string,
  { network, dialect }: CreatedDetector,
  architecture: string,
  provenance: Provenance,
): Promise<Manifest> {
  using _ = scope();
  network.to({ device: 'cpu' });
  saveWeights(dir, network);
  // Sizes that every level divides: others would leave the file's arithmetic of shapes to chance.
  const unit = dialect.strides.at(-1)!;
  const example = noGrad(() => randn([2, 3, 2 * unit, 3 * unit]).mul(60));
  await exportOnnx(new RetinaFaceInference(network), [example], {
    path: join(dir, 'model.onnx'),
    inputNames: ['input'],
    outputNames: ['boxes', 'scores', 'landmarks'],
    dynamicAxes: { input: { 0: 'batch', 2: 'height', 3: 'width' } },
    probeInputs: [noGrad(() => randn([3, 3, 4 * unit, 2 * unit]).mul(60))],
  });
  const draft = detectionDraft(dialect, architecture);
  return writeManifest(dir, {
    ...draft,
    createdAt: new Date().toISOString(),
    engine: engineVersions(),
    ...provenance,
  });
}

function saveWeights(dir: string, network: nn.Module): void {
  saveSafetensors(join(dir, 'model.safetensors'), network.stateDict(), { format: 'pt' });
}

/**
 * Gives a network the weights of a model folder or safetensors file; of a folder whose training was not finished those
 * of its newest checkpoint.
 *
 * @throws MODEL_NOT_FOUND, CHECKPOINT_NOT_FOUND; TorchError MODULE_STATE_MISMATCH where they belong to another network
 */
export function initFrom(network: nn.Module, path: string): void {
  const file = path.endsWith('.safetensors') ? path : weightsFile(path);
  if (!existsSync(file)) {
    throw new SemblanceError(
      'MODEL_NOT_FOUND',
      `there are no weights to start from in ${path}: ${file} is missing`,
    );
  }
  using _ = scope();
  network.loadStateDict(weightsOf(network, loadSafetensors(file).tensors));
}

/** @throws CHECKPOINT_NOT_FOUND where the only checkpoint is that from before the first step */
function weightsFile(folder: string): string {
  const model = join(folder, 'model.safetensors');
  if (existsSync(model)) return model;
  if (checkpointSteps(folder).at(-1) === 0) {
    throw new SemblanceError(
      'CHECKPOINT_NOT_FOUND',
      `the training in ${folder} ended before its first checkpoint: its weights are those it began with, so there is nothing to start from`,
    );
  }
  return newestCheckpoint(folder) ?? model;
}

/** Of a checkpoint, where the weights of each network lie under its name, those that this network has. */
function weightsOf(network: nn.Module, tensors: Map<string, Tensor>): Map<string, Tensor> {
  const keys = [...network.stateDict().keys()];
  if (keys.length === 0 || tensors.has(keys[0]!)) return tensors;
  const prefixes = [...tensors.keys()]
    .filter((key) => key.endsWith(`.${keys[0]}`))
    .map((key) => key.slice(0, -keys[0]!.length));
  const prefix = prefixes.find((start) => keys.every((key) => tensors.has(start + key)));
  if (prefix === undefined) return tensors;
  return new Map(keys.map((key) => [key, tensors.get(prefix + key)!]));
}
