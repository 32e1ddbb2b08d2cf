import { createHash } from 'node:crypto';
import type { DType } from '../tensor.ts';

/** TensorProto.DataType of the ONNX standard. */
export const onnxTypes: Record<DType, number> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  bfloat16: 16,
};

export type Attribute =
  | { kind: 'int'; value: number }
  | { kind: 'float'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'ints'; value: readonly number[] };

export const int = (value: number | boolean): Attribute => ({ kind: 'int', value: Number(value) });
export const float = (value: number): Attribute => ({ kind: 'float', value });
export const text = (value: string): Attribute => ({ kind: 'text', value });
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value });

export interface OnnxNode {
  name: string;
  opType: string;
  /** Names of values; '' where an optional input is left out. */
  inputs: string[];
  outputs: string[];
  attributes: Record<string, Attribute>;
}

export interface OnnxTensor {
  name: string;
  dtype: DType;
  dims: readonly number[];
  /** Row-major elements, little-endian. */
  bytes: Uint8Array;
}

export interface ValueInfo {
  name: string;
  dtype: DType;
  /** A size, or the name of one that is open. */
  dims: readonly (number | string)[];
}

/** An ONNX graph under construction: nodes in the order of their computation. */
export class OnnxGraph {
  readonly inputs: ValueInfo[] = [];
  readonly outputs: ValueInfo[] = [];
  nodes: OnnxNode[] = [];
  readonly initializers = new Map<string, OnnxTensor>();
  /** Goes before the names of new nodes: where in the module they come from. */
  prefix = '';
  readonly #used = new Map<string, number>();
  readonly #constants = new Map<string, string>();

  /** A name that nothing else in the graph has: `wanted`, or `wanted_2`, … */
  uniqueName(wanted: string): string {
    const count = (this.#used.get(wanted) ?? 0) + 1;
    this.#used.set(wanted, count);
    return count === 1 ? wanted : this.uniqueName(`${wanted}_${count}`);
  }

  /** Adds a node and gives the names of its outputs. */
  nodeWithOutputs(
    opType: string,
    inputs: readonly (string | null)[],
    attributes: Record<string, Attribute>,
    numOutputs: number,
  ): string[] {
    const names = inputs.map((name) => name ?? '');
    while (names.at(-1) === '') names.pop();
    const name = this.uniqueName(`${this.prefix}/${opType}`);
    const outputs = Array.from({ length: numOutputs }, (_, i) => this.uniqueName(`${name}_output_${i}`));
    this.nodes.push({ name, opType, inputs: names, outputs, attributes });
    return outputs;
  }

  /** Adds a node of one output and gives its name. */
  node(
    opType: string,
    inputs: readonly (string | null)[],
    attributes: Record<string, Attribute> = {},
  ): string {
    return this.nodeWithOutputs(opType, inputs, attributes, 1)[0]!;
  }

  /** Adds a named initializer; the name is kept, so it must be new. */
  addInitializer(tensor: OnnxTensor): string {
    this.initializers.set(this.uniqueName(tensor.name), tensor);
    return tensor.name;
  }

  /** An initializer of this content; the same content is stored once. */
  constant(dtype: DType, dims: readonly number[], bytes: Uint8Array, wanted = 'constant'): string {
    const digest = createHash('sha256').update(bytes).digest('base64');
    const key = `${dtype} ${dims} ${digest}`;
    let name = this.#constants.get(key);
    if (name === undefined) {
      name = this.uniqueName(wanted);
      this.initializers.set(name, { name, dtype, dims, bytes });
      this.#constants.set(key, name);
    }
    return name;
  }

  /** An int64 constant, a list unless told to be a scalar. */
  int64(values: readonly (number | bigint)[], dims: readonly number[] = [values.length]): string {
    return this.constant('int64', dims, new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
  }

  float32(values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.constant('float32', dims, new Uint8Array(Float32Array.from(values).buffer));
  }

  /** How many nodes and graph outputs read each value. */
  countConsumers(): Map<string, number> {
    const counts = new Map<string, number>();
    const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const node of this.nodes) for (const name of node.inputs) count(name);
    for (const { name } of this.outputs) count(name);
    return counts;
  }

  /** The node that computes each value. */
  producers(): Map<string, OnnxNode> {
    return new Map(this.nodes.flatMap((node) => node.outputs.map((name) => [name, node])));
  }
}
