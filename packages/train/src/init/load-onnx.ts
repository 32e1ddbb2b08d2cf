import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GraphMessage, readOnnxModel } from '@semblance/core/onnx';
import { fromArray, type nn, randn, scope, type Tensor } from '@semblance/torch';
import { exportOnnx } from '@semblance/torch/onnx';
import { isNorm } from '../backbones/blocks.ts';
import { SemblanceError } from '../error.ts';
import { matchLayers } from './match-layers.ts';
import { type OnnxLayer, type OnnxWeight, onnxLayers } from './onnx-layers.ts';

export interface LoadedOnnx {
  /** Norms that the file has only within the convolutions before them: their statistics are not known. */
  numFolded: number;
}

/**
 * Gives a network the weights of an ONNX file that another program wrote of the same architecture, under whatever names.
 *
 * Both are read as layers that feed layers, ours by writing it as ONNX too. A batch norm that was folded into the layer
 * before it comes back as one of mean 0 and variance 1, which computes the same as long as its statistics are not taken
 * anew.
 *
 * @param shape [N, C, H, W] of an input that the network takes
 * @throws SemblanceError MODEL_INVALID where the file is damaged or keeps other than numbers of 32 bits;
 *   MODEL_DIALECT_MISMATCH where it is of another architecture, saying how it differs
 */
export async function loadOnnx(
  network: nn.Module,
  shape: readonly number[],
  bytes: Uint8Array,
): Promise<LoadedOnnx> {
  const graph = await graphOf(network, shape);
  const layers = onnxLayers(graph);
  const matched = matchLayers(layers, onnxLayers(graphIn(bytes)));
  if ('difference' in matched) throw new SemblanceError('MODEL_DIALECT_MISMATCH', matched.difference);
  using _ = scope();
  const modules = new Map(network.namedModules());
  const normOf = normsOf(layers, modules, graph);
  const own = network.stateDict();
  const state = new Map<string, Tensor>();
  let numFolded = 0;
  for (const [ours, theirs] of matched.pairs) {
    const set = (path: string, { values }: OnnxWeight): void => {
      const { shape: wanted } = own.get(path)!;
      state.set(path, fromArray(values, [...wanted]));
    };
    const path = modulePath(ours.name);
    if (theirs.weight) set(`${path}.weight`, theirs.weight);
    const normPath = normOf.get(ours);
    const norm = modules.get(normPath ?? '');
    const hasBias = own.has(`${path}.bias`) && ours.kind !== 'Norm';
    const zero = { dims: [], values: new Float32Array(theirs.weight?.dims[0] ?? 0) };
    if (hasBias) set(`${path}.bias`, theirs.bias ?? zero);
    if (!isNorm(norm)) continue;
    if (!theirs.norm) numFolded++;
    const values = normValues(theirs, norm.eps, hasBias ? null : (theirs.bias ?? zero));
    for (const [name, value] of Object.entries(values)) set(`${normPath}.${name}`, value);
  }
  network.loadStateDict(state);
  return { numFolded };
}

/**
 * What a norm of ours holds for a layer of theirs.
 *
 * @param eps of ours
 * @param bias that theirs adds before its norm, if ours cannot
 */
function normValues({ norm, bias: own }: OnnxLayer, eps: number, bias: OnnxWeight | null) {
  const of = (values: Float32Array): OnnxWeight => ({ dims: [values.length], values });
  if (!norm) {
    // y = x + b, as √(1 + ε)·(x − 0)/√(1 + ε) + b
    const shift = bias ?? own!;
    const ones = new Float32Array(shift.values.length).fill(1);
    const beta = bias ? bias.values : new Float32Array(ones.length);
    return {
      weight: of(ones.map(() => Math.sqrt(1 + eps))),
      bias: of(beta),
      running_mean: of(new Float32Array(ones.length)),
      running_var: of(ones),
    };
  }
  return {
    weight: norm.gamma,
    bias: norm.beta,
    running_mean: of(norm.mean.values.map((mean, i) => mean - (bias?.values[i] ?? 0))),
    running_var: of(norm.variance.values.map((variance) => variance + norm.eps - eps)),
  };
}

function graphIn(bytes: Uint8Array): GraphMessage {
  const { graph } = readOnnxModel(bytes);
  if (!graph) throw new SemblanceError('MODEL_INVALID', 'the file is not an ONNX model: it has no graph');
  return graph;
}

/** The network as we would write it: nodes are named after its modules. */
async function graphOf(network: nn.Module, shape: readonly number[]): Promise<GraphMessage> {
  const folder = await mkdtemp(join(tmpdir(), 'semblance-init-'));
  try {
    const path = join(folder, 'network.onnx');
    using _ = scope();
    await exportOnnx(network, [randn([...shape])], { path, parity: false });
    return graphIn(await readFile(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `/layer1/0/conv1/Conv` is the module `layer1.0.conv1`. */
const modulePath = (nodeName: string): string => nodeName.split('/').slice(1, -1).join('.');

/** Paths of the norms of our layers: a layer that is one, or what was folded into a layer, after which its output is named. */
function normsOf(
  layers: readonly OnnxLayer[],
  modules: ReadonlyMap<string, nn.Module>,
  { output }: GraphMessage,
): Map<OnnxLayer, string> {
  const norms = new Map<OnnxLayer, string>();
  for (const layer of layers) {
    const last = layer.norm?.output ?? layer.output;
    if (layer.kind === 'Norm') norms.set(layer, modulePath(layer.name));
    else if (last.includes('/BatchNormalization_output_')) norms.set(layer, modulePath(last));
  }
  // the last one lost its name to the output of the network
  const taken = new Set(norms.values());
  for (const layer of layers) {
    if (norms.has(layer) || !output.some(({ name }) => name === layer.output)) continue;
    const left = [...modules].find(
      ([path, module]) =>
        isNorm(module) && !taken.has(path) && module.running_mean.value.numel === layer.weight?.dims[0],
    );
    if (left) norms.set(layer, left[0]);
  }
  return norms;
}
