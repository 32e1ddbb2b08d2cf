import type { GraphMessage, NodeMessage, TensorMessage } from '@semblance/core/onnx';
import { SemblanceError } from '../error.ts';

/** Numbers of an ONNX file, row by row. */
export interface OnnxWeight {
  dims: readonly number[];
  values: Float32Array;
}

/** A batch norm with the statistics and factors of each channel. */
export interface OnnxNorm {
  gamma: OnnxWeight;
  beta: OnnxWeight;
  mean: OnnxWeight;
  variance: OnnxWeight;
  eps: number;
  /** Where it is in the graph, as exporters write it: `/bn1/BatchNormalization_output_0`. */
  output: string;
}

/** A node that has weights. A batch norm that follows a convolution or linear layer belongs to that. */
export interface OnnxLayer {
  kind: 'Conv' | 'Linear' | 'Norm' | 'PRelu';
  name: string;
  /** What its result is called before a norm of its own. */
  output: string;
  /** What two layers have in common that can stand for each other: shape, stride, padding, groups. */
  shape: string;
  /** Of a linear layer [out, in]; of a PReLU the slopes; none of a norm that stands alone. */
  weight: OnnxWeight | null;
  bias: OnnxWeight | null;
  norm: OnnxNorm | null;
  /** Layers whose results it takes, with no other layer in between. */
  inputs: OnnxLayer[];
}

/**
 * The layers of a network in an ONNX file, in the order of its nodes; what has no weights in between is passed over.
 *
 * @throws SemblanceError MODEL_INVALID where a layer's weights are not plain numbers of 32 bits
 */
export function onnxLayers(graph: GraphMessage): OnnxLayer[] {
  return new LayerReader(graph).layers;
}

const kinds: Readonly<Record<string, OnnxLayer['kind']>> = {
  Conv: 'Conv',
  Gemm: 'Linear',
  MatMul: 'Linear',
  BatchNormalization: 'Norm',
  PRelu: 'PRelu',
};

class LayerReader {
  readonly layers: OnnxLayer[] = [];
  readonly #tensors = new Map<string, TensorMessage>();
  readonly #readers = new Map<string, number>();
  /** The layers that a value comes from. */
  readonly #sources = new Map<string, OnnxLayer[]>();

  constructor({ node: nodes, initializer, output }: GraphMessage) {
    for (const tensor of initializer) this.#tensors.set(tensor.name, tensor);
    for (const { opType, attribute, output } of nodes) {
      const value = attribute.find(({ name }) => name === 'value')?.t;
      if (opType === 'Constant' && value) this.#tensors.set(output[0]!, value);
    }
    for (const name of [...nodes.flatMap(({ input }) => input), ...output.map(({ name }) => name)])
      this.#readers.set(name, (this.#readers.get(name) ?? 0) + 1);
    for (const node of nodes) this.#read(node);
  }

  #read(node: NodeMessage): void {
    const layer = this.#joined(node) ?? this.#layerOf(node);
    const inputs = node.input.flatMap((name) => this.#sources.get(name) ?? []);
    // sizes of maps are no results of layers
    const sources = layer ? [layer] : node.opType === 'Shape' ? [] : [...new Set(inputs)];
    for (const name of node.output) this.#sources.set(name, sources);
  }

  /** The layer that a norm, or the addition of a linear layer's bias, belongs to; null where it is not such a node. */
  #joined(node: NodeMessage): OnnxLayer | null {
    const result = node.input.find((name) => this.#sources.get(name)?.some(({ output }) => output === name));
    const layer = this.#sources.get(result ?? '')?.[0];
    if (!layer || this.#readers.get(layer.output) !== 1 || layer.norm) return null;
    if (layer.kind !== 'Conv' && layer.kind !== 'Linear') return null;
    if (node.opType === 'BatchNormalization') {
      layer.norm = this.#norm(node);
      return layer;
    }
    const bias = node.input.find((name) => this.#tensors.has(name));
    if (node.opType !== 'Add' || layer.kind !== 'Linear' || layer.bias || bias === undefined) return null;
    layer.bias = this.#weight(bias);
    layer.output = node.output[0]!;
    return layer;
  }

  #layerOf(node: NodeMessage): OnnxLayer | null {
    const kind = kinds[node.opType];
    const [, weightName, biasName] = node.input;
    if (!kind || !weightName || !this.#tensors.has(weightName)) return null;
    const layer: OnnxLayer = {
      ...{ kind, name: node.name, output: node.output[0]!, shape: '' },
      ...{ weight: null, bias: null, norm: null },
      inputs: [...new Set(this.#sources.get(node.input[0]!) ?? [])],
    };
    if (kind === 'Norm') layer.norm = this.#norm(node);
    else layer.weight = this.#weight(weightName);
    if (kind === 'Linear' && !isTransposed(node)) layer.weight = transposed(layer.weight!);
    if (biasName && (kind === 'Conv' || kind === 'Linear')) layer.bias = this.#weight(biasName);
    layer.shape = shapeOf(layer, node);
    this.layers.push(layer);
    return layer;
  }

  #norm({ input, attribute, output }: NodeMessage): OnnxNorm {
    const [gamma, beta, mean, variance] = input.slice(1).map((name) => this.#weight(name)) as [
      OnnxWeight,
      OnnxWeight,
      OnnxWeight,
      OnnxWeight,
    ];
    const eps = attribute.find(({ name }) => name === 'epsilon')?.f ?? 1e-5;
    return { gamma, beta, mean, variance, eps, output: output[0]! };
  }

  #weight(name: string): OnnxWeight {
    const tensor = this.#tensors.get(name);
    const size = tensor?.dims.reduce((product, dim) => product * dim, 1) ?? 0;
    if (tensor?.dataType === 1 && tensor.rawData?.length === 4 * size)
      return { dims: tensor.dims, values: new Float32Array(new Uint8Array(tensor.rawData).buffer) };
    if (tensor?.dataType === 1 && tensor.floatData?.length === size)
      return { dims: tensor.dims, values: Float32Array.from(tensor.floatData) };
    throw new SemblanceError(
      'MODEL_INVALID',
      `${name} is no weight of 32-bit numbers in the file: a smaller or quantized network cannot be trained further`,
    );
  }
}

const isTransposed = ({ attribute }: NodeMessage): boolean =>
  attribute.some(({ name, i }) => name === 'transB' && i === 1);

function transposed({ dims, values }: OnnxWeight): OnnxWeight {
  const [rows, columns] = dims as [number, number];
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = values[row * columns + column]!;
  return { dims: [columns, rows], values: turned };
}

function shapeOf({ kind, weight, norm }: OnnxLayer, { attribute }: NodeMessage): string {
  if (kind === 'Norm') return `Norm ${norm!.gamma.values.length}`;
  if (kind === 'PRelu') return `PRelu ${weight!.values.length}`;
  if (kind === 'Linear') return `Linear ${weight!.dims.join('×')}`;
  const of = (name: string) => attribute.find((found) => found.name === name);
  const sides = (name: string, usual: number, word: string): string => {
    const [first = usual, ...others] = of(name)?.ints ?? [];
    if (others.some((side) => side !== first)) return `, ${word} ${[first, ...others].join()}`;
    return first === usual ? '' : `, ${word} ${first}`;
  };
  const groups = of('group')?.i ?? 1;
  const how = `${sides('strides', 1, 'stride')}${sides('pads', 0, 'padding')}${sides('dilations', 1, 'dilation')}`;
  return `Conv ${weight!.dims.join('×')}${how}${groups === 1 ? '' : `, ${groups} groups`}`;
}
