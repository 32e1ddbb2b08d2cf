import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findModel, type OpenModel, openModel, readManifest } from '@semblance/face/models';
import { type nn, noGrad, randn, scope, type Tensor } from '@semblance/torch';
import { isSemblanceError, SemblanceError } from '../error.ts';
import { initFrom } from '../trainer/model-folder.ts';
import { adaptPixels, type Pixels } from './adapt-pixels.ts';
import { loadOnnx } from './load-onnx.ts';

export interface Start {
  task: 'detection' | 'recognition';
  /** Gets the weights. */
  network: nn.Module;
  /** The network as it is written to ONNX files, with the outputs that those have. */
  inference: nn.Module;
  /** [N, C, H, W] of an input. */
  shape: readonly [number, number, number, number];
  /** What the training gives the network. */
  pixels: Pixels;
  /** Batch norms keep the statistics they have. */
  freezeNorms: boolean;
  /** Where the network is. */
  device: string;
  say(text: string): void;
}

/**
 * Gives a network the weights of another model: a safetensors file, a model folder, an ONNX file of the same architecture,
 * or the name of a pulled model. Where those are for other pixels, the network is adapted to what the training gives it.
 *
 * @throws SemblanceError MODEL_NOT_FOUND, MODEL_WRONG_TASK, MODEL_INVALID; MODEL_DIALECT_MISMATCH where they are of another
 *   architecture; RECIPE_INVALID_VALUE where the file's batch norms cannot be trained; those of `initFrom`
 */
export async function startFrom(init: string, start: Start): Promise<void> {
  const path = init.endsWith('.safetensors') ? init : await findModel(init, start.task);
  const hasManifest = existsSync(join(path, 'manifest.json'));
  if (path.endsWith('.onnx') || (hasManifest && !existsSync(join(path, 'model.safetensors'))))
    return startFromOnnx(path, start);
  initFrom(start.network, path);
  if (hasManifest) adapt((await readManifest(path)).input, path, start);
}

async function startFromOnnx(path: string, start: Start): Promise<void> {
  const { network, inference, task, shape } = start;
  const model = await openModel(path);
  try {
    if (model.manifest.task !== task)
      throw new SemblanceError(
        'MODEL_WRONG_TASK',
        `${path} is a ${model.manifest.task} model: a ${task} training cannot start from it`,
      );
    network.to({ device: 'cpu' });
    network.eval();
    const bytes = await readFile(path.endsWith('.onnx') ? path : join(path, 'model.onnx'));
    const { numFolded } = await loadOnnx(inference, shape, bytes).catch((cause: unknown) => {
      throw isSemblanceError(cause, 'MODEL_DIALECT_MISMATCH') ? otherArchitecture(path, cause) : cause;
    });
    if (numFolded > 0 && !start.freezeNorms)
      throw new SemblanceError(
        'RECIPE_INVALID_VALUE',
        `in ${path} ${numFolded} batch norms are part of the convolutions before them, so their statistics are not known: add --set freezeNorms=true, which trains without new ones`,
      );
    await assertSame(path, model, start);
    adapt(model.manifest.input, path, start);
    network.to({ device: start.device });
  } finally {
    await model.session.close();
  }
}

function adapt(from: Pixels, path: string, { network, pixels, say }: Start): void {
  if (adaptPixels(network, from, pixels))
    say(
      `the first layer of ${path} is adapted to this training’s pixels (${wordsOf(pixels)}, not ${wordsOf(from)})`,
    );
}

const wordsOf = ({ channels, mean, std }: Pixels): string =>
  `${channels} − ${mean.join('/')}, ÷ ${std.join('/')}`;

function otherArchitecture(path: string, cause: SemblanceError): SemblanceError {
  const message =
    `${path} is of another architecture than the recipe: ${cause.message}. Choose the recipe that has it: arcface-r18, ` +
    '-r34, -r50 or -r100 for IResNets of insightface, arcface-mbf-wide for its MobileFaceNet, arcface-mbf for that of ' +
    'the paper (--set backboneOptions.activation=relu6 where it has no PRelu), retinaface-mnet025 or -r50 for ' +
    'detectors; other architectures cannot be trained further';
  return new SemblanceError('MODEL_DIALECT_MISMATCH', message, { cause });
}

/** Largest difference of the outputs, as a part of their largest value. */
const TOLERANCE = 1e-3;

/** Holds what the network computes now against what the file does. */
async function assertSame(path: string, { session }: OpenModel, { inference, shape }: Start): Promise<void> {
  const given = session.inputs[0]!.shape.map((side, i) => side ?? shape[i]!);
  using _ = scope();
  const input = noGrad(() => randn(given));
  const ours = noGrad(() =>
    outputsOf(inference.forward(input)).map((output) => output.toArray() as Float32Array),
  );
  const theirs = Object.values(await session.run(input.toArray() as Float32Array, given));
  const byLength = (a: Float32Array, b: Float32Array): number => a.length - b.length;
  ours.sort(byLength);
  theirs.sort(byLength);
  const isSame =
    ours.length === theirs.length &&
    ours.every((values, o) => {
      const expected = theirs[o]!;
      const most = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
      return (
        values.length === expected.length &&
        values.every((value, i) => Math.abs(value - expected[i]!) <= TOLERANCE * most)
      );
    });
  if (isSame) return;
  throw new SemblanceError(
    'MODEL_DIALECT_MISMATCH',
    `the weights of ${path} fit the recipe’s network, which computes something else from them: its activations differ. See the options of the backbone (backboneOptions.activation) or the dialect (--set dialect=1mb)`,
  );
}

const outputsOf = (outputs: Tensor | Tensor[]): Tensor[] => (Array.isArray(outputs) ? outputs : [outputs]);
