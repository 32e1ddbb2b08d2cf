import type { OnnxGraph, OnnxNode, OnnxTensor } from '../graph.ts';

/** Layers that a following batch norm can be folded into, and where their output channels are in the weight. */
const FOLDABLE = new Set(['Conv', 'Gemm']);

/**
 * Folds each BatchNormalization into the Conv or Gemm before it, where nothing else reads that one's result:
 * W' = W·γ/√(var + ε) by output channel, b' = (b − mean)·γ/√(var + ε) + β.
 *
 * Weights that other nodes read too are kept for them; the folded ones get names of their own.
 */
export function foldBatchNorms(graph: OnnxGraph): void {
  const consumers = graph.countConsumers();
  const producers = graph.producers();
  const folded = new Set<OnnxNode>();
  for (const norm of graph.nodes) {
    if (norm.opType !== 'BatchNormalization') continue;
    const layer = producers.get(norm.inputs[0]!);
    if (!layer || !FOLDABLE.has(layer.opType) || consumers.get(norm.inputs[0]!) !== 1) continue;
    if (!foldInto(graph, layer, norm)) continue;
    layer.outputs = norm.outputs;
    for (const name of norm.outputs) producers.set(name, layer);
    folded.add(norm);
  }
  graph.nodes = graph.nodes.filter((node) => !folded.has(node));
}

function foldInto(graph: OnnxGraph, layer: OnnxNode, norm: OnnxNode): boolean {
  if (layer.opType === 'Gemm' && layer.attributes.transB?.value !== 1) return false;
  const weight = graph.initializers.get(layer.inputs[1]!);
  const bias = layer.inputs[2] ? graph.initializers.get(layer.inputs[2]) : null;
  const parameters = norm.inputs.slice(1).map((name) => graph.initializers.get(name));
  const all = [weight, ...parameters, ...(bias === null ? [] : [bias])];
  if (!all.every((tensor) => tensor?.dtype === 'float32')) return false;
  const [gamma, beta, mean, variance] = (parameters as OnnxTensor[]).map(floatsOf);
  const epsilon = Number(norm.attributes.epsilon!.value);
  const numChannels = weight!.dims[0]!;
  const scale = Float64Array.from(
    { length: numChannels },
    (_, k) => gamma![k]! / Math.sqrt(variance![k]! + epsilon),
  );

  const weights = floatsOf(weight!).slice();
  const perChannel = weights.length / numChannels;
  const offsets = bias ? floatsOf(bias).slice() : new Float32Array(numChannels);
  for (let k = 0; k < numChannels; k++) {
    for (let i = k * perChannel; i < (k + 1) * perChannel; i++) weights[i] = weights[i]! * scale[k]!;
    offsets[k] = (offsets[k]! - mean![k]!) * scale[k]! + beta![k]!;
  }

  layer.inputs[1] = add(graph, `${weight!.name}.folded`, weight!.dims, weights);
  layer.inputs[2] = add(
    graph,
    `${weight!.name.replace(/\.?weight$/, '')}.folded.bias`,
    [numChannels],
    offsets,
  );
  return true;
}

const floatsOf = (tensor: OnnxTensor): Float32Array =>
  new Float32Array(tensor.bytes.buffer, tensor.bytes.byteOffset, tensor.bytes.byteLength / 4);

function add(graph: OnnxGraph, wanted: string, dims: readonly number[], values: Float32Array): string {
  const name = graph.uniqueName(wanted.replace(/^\./, ''));
  graph.initializers.set(name, { name, dtype: 'float32', dims, bytes: new Uint8Array(values.buffer) });
  return name;
}
