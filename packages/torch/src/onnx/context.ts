import { TorchError } from '../error.ts';
import type { DType } from '../tensor.ts';
import { int, type OnnxGraph, onnxTypes } from './graph.ts';
import type { PairedCall } from './pair.ts';
import { TracedValue } from './trace.ts';

/** Turns one traced call into nodes; gives the ONNX name of each of its outputs. */
export type Converter = (c: CallContext) => string | string[];

/** What a converter sees: the call's arguments by position, the graph, and the names of values. */
export class CallContext {
  readonly graph: OnnxGraph;
  readonly call: PairedCall;
  readonly opset: number;
  /** Names of the values that have one: the inputs, and all that was computed before this call. */
  readonly #names: Map<TracedValue, string>;

  constructor(graph: OnnxGraph, call: PairedCall, opset: number, names: Map<TracedValue, string>) {
    this.graph = graph;
    this.call = call;
    this.opset = opset;
    this.#names = names;
  }

  /** The first output. */
  get out(): TracedValue {
    return this.call.outputs[0]!;
  }

  fail(reason: string): TorchError {
    const where = this.call.where ? ` in ${this.call.where}` : '';
    return new TorchError('EXPORT_UNSUPPORTED_OP', `${this.call.opName}${where}: ${reason}`);
  }

  // --- tensors

  isTensor(position: number): boolean {
    return this.call.args[position] instanceof TracedValue;
  }

  /** The tensor at a position, with its shapes. */
  info(position: number): TracedValue {
    const value = this.call.args[position];
    if (!(value instanceof TracedValue)) throw this.fail(`argument ${position} is not a tensor`);
    return value;
  }

  /** The ONNX name of the tensor at a position. */
  value(position: number): string {
    return this.nameOf(this.info(position));
  }

  /** The same, or null where the argument was left out. */
  optional(position: number): string | null {
    return this.isTensor(position) ? this.value(position) : null;
  }

  /** The tensors of a list argument. */
  list(position: number): TracedValue[] {
    const values = this.call.args[position];
    if (!Array.isArray(values) || !values.every((v) => v instanceof TracedValue)) {
      throw this.fail(`argument ${position} is not a list of tensors`);
    }
    return values;
  }

  /** Whether the value is a parameter, a buffer or another constant. */
  isConstant(value: TracedValue): boolean {
    return value.origin.kind === 'state' || value.origin.kind === 'constant';
  }

  /** The ONNX name of a value; a constant becomes an initializer when it is first asked for. */
  nameOf(value: TracedValue): string {
    let name = this.#names.get(value);
    if (name === undefined) {
      const { origin } = value;
      if (origin.kind === 'state') {
        const { buffer, byteOffset, byteLength } = origin.tensor.toArray();
        const bytes = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
        name = this.graph.addInitializer({ name: origin.name, dtype: value.dtype, dims: value.shape, bytes });
      } else if (origin.kind === 'constant') {
        name = this.graph.constant(value.dtype, value.shape, origin.bytes);
      } else {
        const made = origin.kind === 'call' ? `output ${origin.output} of ${origin.opName}` : 'an input';
        throw this.fail(`${made} has no ONNX form but is used`);
      }
      this.#names.set(value, name);
    }
    return name;
  }

  /** Values whose sizes are known when this call runs, nearest first: its own tensors, the inputs, the latest results. */
  *sizeSources(): Generator<TracedValue> {
    for (const arg of this.call.args.flat()) if (arg instanceof TracedValue) yield arg;
    const known = [...this.#names.keys()].filter((value) => !this.isConstant(value));
    yield* known.filter((value) => value.origin.kind === 'input');
    yield* known.reverse();
  }

  /** The value under another shape of the same elements: a constant is stored like that, else it is reshaped. */
  reshaped(value: TracedValue, dims: readonly number[]): string {
    if (String(dims) === String(value.shape)) return this.nameOf(value);
    const name = this.nameOf(value);
    const tensor = this.graph.initializers.get(name);
    if (tensor) return this.graph.constant(tensor.dtype, dims, tensor.bytes, `${name}_${dims.join('x')}`);
    return this.graph.node('Reshape', [name, this.graph.int64(dims)]);
  }

  /** The tensor at a position in another dtype, where it has not got that already. */
  cast(value: TracedValue, dtype: DType): string {
    const name = this.nameOf(value);
    return value.dtype === dtype ? name : this.graph.node('Cast', [name], { to: int(onnxTypes[dtype]) });
  }

  /** A number as a scalar constant of a dtype. */
  scalar(value: number, dtype: DType): string {
    const bytes = scalarBytes(value, dtype);
    if (!bytes) throw this.fail(`numbers of ${dtype} are not exported`);
    return this.graph.constant(dtype, [], bytes);
  }

  // --- everything else: arguments that must not follow the inputs' sizes

  /** The raw argument; @throws TorchError EXPORT_UNSUPPORTED_OP where it differs between the traces */
  fixed(position: number): unknown {
    const value = this.call.args[position];
    if (String(value) !== String(this.call.probeArgs[position])) {
      throw this.fail(`argument ${position} follows the size of the inputs, which has no ONNX form here`);
    }
    return value;
  }

  isLeftOut(position: number): boolean {
    const value = this.call.args[position];
    return value === null || value === undefined;
  }

  number(position: number, otherwise?: number): number {
    const value = this.isLeftOut(position) ? otherwise : this.fixed(position);
    if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
    if (typeof value !== 'number') throw this.fail(`argument ${position} is not a number`);
    return value;
  }

  bool(position: number, otherwise = false): boolean {
    return this.isLeftOut(position) ? otherwise : this.fixed(position) === true;
  }

  /** A list of numbers; one number stands for `length` equal ones. */
  numbers(position: number, length = 1): number[] {
    const value = this.isLeftOut(position) ? [] : this.fixed(position);
    if (typeof value === 'number') return new Array(length).fill(value);
    if (!Array.isArray(value)) throw this.fail(`argument ${position} is not a list of numbers`);
    return value.length === 1 && length > 1 ? new Array(length).fill(value[0]) : value.map(Number);
  }

  /** A dimension of the tensor at position 0 (or another rank), counted from the front. */
  axis(position: number, rank = this.info(0).shape.length, otherwise?: number): number {
    const axis = this.number(position, otherwise);
    return axis < 0 ? axis + rank : axis;
  }
}

function scalarBytes(value: number, dtype: DType): Uint8Array | null {
  switch (dtype) {
    case 'float32':
      return new Uint8Array(Float32Array.of(value).buffer);
    case 'float64':
      return new Uint8Array(Float64Array.of(value).buffer);
    case 'float16': {
      const bytes = new Uint8Array(2);
      new DataView(bytes.buffer).setFloat16(0, value, true);
      return bytes;
    }
    case 'int64':
      return new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
    case 'int32':
      return new Uint8Array(Int32Array.of(value).buffer);
    case 'uint8':
    case 'bool':
      return Uint8Array.of(value);
    default:
      return null;
  }
}
