import type { GraphMessage, NodeMessage, TensorMessage } from '@semblance/core/onnx';
import { TorchError } from '../../error.ts';
import { floatValues, readModel, writeModel } from './messages.ts';
import { planQuantization, valuesInto } from './plan.ts';

export interface QuantizeOptions {
  /** Convolutions at the beginning that stay in float (3). */
  floatFirst?: number;
}

/** Smallest and largest number that a value takes. */
export type Range = readonly [low: number, high: number];

export interface QuantizeResult {
  model: Uint8Array;
  /** Nodes computed on 8 bits, and all nodes there were. */
  numQuantized: number;
  numNodes: number;
}

/**
 * Names of the values whose ranges {@link quantizeOnnx} asks for.
 *
 * @throws TorchError EXPORT_INVALID; see readModel
 */
export function valuesToCalibrate(model: Uint8Array, { floatFirst = 3 }: QuantizeOptions = {}): string[] {
  const { graph } = readModel(model);
  const { values, sameAs } = planQuantization(graph, floatFirst);
  return values.filter((name) => !sameAs.has(name));
}

/** The model with more of its float32 values among its outputs: for looking at what it computes. */
export function withOutputs(model: Uint8Array, names: readonly string[]): Uint8Array {
  const message = readModel(model);
  const own = new Set([...message.graph.output, ...message.graph.input].map(({ name }) => name));
  const added = names.filter((name) => !own.has(name));
  message.graph.output.push(...added.map((name) => ({ name, type: { tensorType: { elemType: 1 } } })));
  return writeModel(message);
}

/**
 * Rewrites an ONNX model so that convolutions and what lies between them compute on 8 bits.
 *
 * Static quantisation in the QDQ form, q = round(x / s) + z: values by one scale and zero point (uint8, from their
 * ranges), weights by a scale for each output channel (int8, symmetric), biases in int32 at the product of both scales.
 * Every value goes through QuantizeLinear and DequantizeLinear once; ONNX Runtime then computes what lies between such
 * pairs on integers. A ReLU after a convolution or a sum is what a value's scale from 0 on does by itself, and falls away.
 *
 * Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference" (2018).
 *
 * @param ranges of every value of {@link valuesToCalibrate}, measured on inputs like those to come
 * @throws TorchError EXPORT_INVALID where a range is missing or not finite, or nothing can be quantised
 */
export function quantizeOnnx(
  model: Uint8Array,
  ranges: ReadonlyMap<string, Range>,
  { floatFirst = 3 }: QuantizeOptions = {},
): QuantizeResult {
  const message = readModel(model);
  const { graph } = message;
  const numNodes = graph.node.length;
  const plan = planQuantization(graph, floatFirst);
  if (plan.nodes.length === 0) {
    throw new TorchError('EXPORT_INVALID', 'the model has no convolution that can be computed on 8 bits');
  }
  const quantized = new Set(plan.nodes);
  const scales = new Map<string, Scale>();
  for (const name of plan.values) {
    const source = plan.sameAs.get(name);
    scales.set(name, source ? scales.get(source)! : scaleOf(name, ranges.get(name)));
  }
  const removed = removeRelus(graph, quantized, scales);

  const editor = new Editor(graph);
  const inputs = new Map(graph.input.map(({ name }) => [name, scales.get(name)] as const));
  const nodes: NodeMessage[] = [];
  for (const [name, scale] of inputs) if (scale) nodes.push(...editor.roundTrip(name, scale));
  for (const node of graph.node) {
    if (removed.has(node)) continue;
    if (quantized.has(node) && node.opType === 'Conv') nodes.push(...editor.weights(node, scales));
    node.input = node.input.map((name) => editor.rounded.get(name) ?? name);
    nodes.push(node);
    for (const name of node.output) {
      const scale = scales.get(name);
      if (scale) nodes.push(...editor.roundTrip(name, scale));
    }
  }
  graph.node = nodes;
  graph.valueInfo = [];
  dropUnused(graph);
  return { model: writeModel(message), numQuantized: quantized.size, numNodes };
}

interface Scale {
  scale: number;
  zeroPoint: number;
}

/** The scale whose 256 steps cover the range and 0, which padding needs exactly. */
function scaleOf(name: string, range: Range | undefined): Scale {
  if (!range?.every(Number.isFinite)) {
    const said = range ? `${range[0]} … ${range[1]}` : 'none';
    throw new TorchError('EXPORT_INVALID', `Expected a finite range of ${name} but received ${said}`);
  }
  const low = Math.min(0, range[0]);
  const high = Math.max(0, range[1]);
  const scale = Math.fround(Math.max((high - low) / 255, 1e-12));
  return { scale, zeroPoint: Math.min(255, Math.max(0, Math.round(-low / scale))) };
}

/**
 * Takes out each ReLU that alone uses what a quantised node gives: that value gets the ReLU's scale, which begins at 0.
 *
 * @returns the ReLUs; those who used their results now use what went in
 */
function removeRelus(
  graph: GraphMessage,
  quantized: Set<NodeMessage>,
  scales: Map<string, Scale>,
): Set<NodeMessage> {
  const removed = new Set<NodeMessage>();
  const isOutput = new Set(graph.output.map(({ name }) => name));
  for (const relu of [...quantized]) {
    const [from] = relu.input as [string];
    const [to] = relu.output as [string];
    if (relu.opType !== 'Relu' || isOutput.has(to)) continue;
    if (graph.node.some((node) => node !== relu && node.input.includes(from))) continue;
    scales.set(from, scales.get(to)!);
    scales.delete(to);
    for (const node of graph.node) node.input = node.input.map((name) => (name === to ? from : name));
    removed.add(relu);
    quantized.delete(relu);
  }
  return removed;
}

/** Adds nodes and constants under names that nothing else has. */
class Editor {
  /** What stands for a value once it went through 8 bits. */
  readonly rounded = new Map<string, string>();
  private readonly graph: GraphMessage;
  private readonly initializers: Map<string, TensorMessage>;

  constructor(graph: GraphMessage) {
    this.graph = graph;
    this.initializers = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  }

  /** QuantizeLinear and DequantizeLinear of a value. */
  roundTrip(name: string, { scale, zeroPoint }: Scale): NodeMessage[] {
    const constants = [
      this.constant(`${name}:scale`, 1, [], Float32Array.of(scale)),
      this.constant(`${name}:zero`, 2, [], Uint8Array.of(zeroPoint)),
    ];
    this.rounded.set(name, `${name}:rounded`);
    return [
      linear('QuantizeLinear', [name, ...constants], `${name}:8`),
      linear('DequantizeLinear', [`${name}:8`, ...constants], `${name}:rounded`),
    ];
  }

  /** Puts a convolution's weights and bias into integers with DequantizeLinear behind them. */
  weights(node: NodeMessage, scales: ReadonlyMap<string, Scale>): NodeMessage[] {
    const [, weightName, biasName] = node.input as [string, string, string?];
    const weight = this.initializers.get(weightName)!;
    const values = floatValues(weight)!;
    const [numChannels] = weight.dims as [number];
    const perChannel = values.length / numChannels;
    const steps = new Float32Array(numChannels);
    const integers = new Int8Array(values.length);
    for (let c = 0; c < numChannels; c++) {
      const own = values.subarray(c * perChannel, (c + 1) * perChannel);
      const largest = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      steps[c] = Math.max(largest / 127, 1e-12);
      for (let i = 0; i < perChannel; i++) {
        integers[c * perChannel + i] = Math.max(-127, Math.min(127, Math.round(own[i]! / steps[c]!)));
      }
    }
    const stem = `${node.output[0]}:weight`;
    const made = [this.integerConstant(stem, 3, weight.dims, integers, steps)];
    node.input[1] = `${stem}:rounded`;
    const bias = biasName && this.initializers.get(biasName);
    const biasValues = bias && floatValues(bias);
    if (biasValues) {
      const inputStep = scales.get(valuesInto(node)[0]!)!.scale;
      const biasSteps = steps.map((step) => Math.fround(step * inputStep));
      const limit = 2 ** 31 - 1;
      const biasIntegers = Int32Array.from(biasValues, (value, c) =>
        Math.max(-limit, Math.min(limit, Math.round(value / biasSteps[c]!))),
      );
      const biasStem = `${node.output[0]}:bias`;
      made.push(this.integerConstant(biasStem, 6, [numChannels], biasIntegers, biasSteps));
      node.input[2] = `${biasStem}:rounded`;
    }
    return made;
  }

  /** Integers with a step for each of the first axis' places, as what they stand for. */
  private integerConstant(
    stem: string,
    dataType: number,
    dims: readonly number[],
    integers: Int8Array | Int32Array,
    steps: Float32Array,
  ): NodeMessage {
    const zeros = dataType === 3 ? new Int8Array(steps.length) : new Int32Array(steps.length);
    const constants = [
      this.constant(`${stem}:8`, dataType, dims, integers),
      this.constant(`${stem}:scale`, 1, [steps.length], steps),
      this.constant(`${stem}:zero`, dataType, [steps.length], zeros),
    ];
    const axis = { name: 'axis', i: 0, type: 2 };
    return { ...linear('DequantizeLinear', constants, `${stem}:rounded`), attribute: [axis] };
  }

  private constant(
    name: string,
    dataType: number,
    dims: readonly number[],
    values: Float32Array | Int8Array | Uint8Array | Int32Array,
  ): string {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.graph.initializer.push({ name, dims: [...dims], dataType, rawData, floatData: [] });
    return name;
  }
}

const linear = (opType: string, input: string[], output: string): NodeMessage => ({
  name: `${output}/${opType}`,
  opType,
  domain: '',
  input,
  output: [output],
  attribute: [],
});

/** Takes out the constants that nothing uses any more. */
function dropUnused(graph: GraphMessage): void {
  const used = new Set([
    ...graph.node.flatMap(({ input }) => input),
    ...graph.output.map(({ name }) => name),
  ]);
  graph.initializer = graph.initializer.filter(({ name }) => used.has(name));
}
