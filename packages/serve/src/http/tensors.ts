import type { OutputTensor } from '@semblance/face/models';
import { SemblanceError } from '../error.ts';
import type { Ports } from '../fleet/workers/roles/pictures.ts';

/** Most bytes of a request in JSON: what is larger comes as binary tensors, which need no parsing. */
export const MAX_JSON_BYTES = 2 ** 20;
/** Most numbers of an answer in JSON. */
const MAX_JSON_NUMBERS = 65_536;
const FLOAT_BYTES = 4;

/** An input as the Open Inference Protocol has it; its numbers are in `data`, or in the bytes behind the JSON. */
export interface GivenTensor {
  name: string;
  shape: number[];
  datatype: string;
  data?: unknown[] | undefined;
  parameters?: { binary_data_size?: number | undefined } | undefined;
}

export interface AnsweredTensor {
  name: string;
  shape: number[];
  datatype: 'FP32';
  data?: number[];
  parameters?: { binary_data_size: number };
}

const invalid = (message: string): SemblanceError => new SemblanceError('REQUEST_INVALID', message);

/**
 * The numbers of an input. Name, kind and shape are held against the model before any number is looked at.
 *
 * @param bytes what came behind the JSON; empty where nothing did
 * @throws SemblanceError REQUEST_INVALID
 */
export function readTensor(
  port: Ports['inputs'][number],
  input: GivenTensor,
  bytes: Uint8Array,
): Float32Array {
  const { name, shape, datatype } = input;
  if (name !== port.name || datatype !== 'FP32') {
    throw invalid(
      `expected ${port.name} of FP32 but received ${name.slice(0, 40)} of ${datatype.slice(0, 40)}`,
    );
  }
  const fits =
    shape.length === port.shape.length && shape.every((size, i) => [null, size].includes(port.shape[i]!));
  const count = shape.reduce((product, size) => product * size, 1);
  if (!fits || count === 0) {
    const expected = port.shape.map((size) => size ?? '?').join(' × ');
    throw invalid(`expected ${expected} numbers but received ${shape.slice(0, 8).join(' × ')}`);
  }
  const size = input.parameters?.binary_data_size;
  const numbers = size === undefined ? fromJson(input.data ?? [], count) : fromBytes(bytes, size, count);
  // what a float32 cannot hold has become infinite
  const at = numbers.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw invalid(`number ${at} of ${name} is not finite as a 32-bit float`);
  return numbers;
}

function fromJson(data: unknown[], count: number): Float32Array {
  const flat = data.flat(8);
  if (flat.length !== count) throw invalid(`expected ${count} numbers in data but received ${flat.length}`);
  if (!flat.every((value) => typeof value === 'number')) throw invalid('expected numbers in data');
  return Float32Array.from(flat);
}

function fromBytes(bytes: Uint8Array, size: number, count: number): Float32Array {
  if (size !== count * FLOAT_BYTES || bytes.byteLength !== size) {
    throw invalid(
      `expected ${count * FLOAT_BYTES} bytes of numbers behind the JSON, as binary_data_size says too, ` +
        `but it says ${size} and ${bytes.byteLength} came`,
    );
  }
  // a copy: the view begins anywhere in the request
  return new Float32Array(new Uint8Array(bytes).buffer);
}

/**
 * Outputs as they are answered, and the bytes that go behind the JSON.
 *
 * @throws SemblanceError REQUEST_TOO_COSTLY for more numbers than fit into JSON
 */
export function answerTensors(
  found: readonly OutputTensor[],
  isBinary: (name: string) => boolean,
): { outputs: AnsweredTensor[]; bytes: Uint8Array[] } {
  const bytes: Uint8Array[] = [];
  let numNumbers = 0;
  const outputs = found.map(({ name, shape, data }): AnsweredTensor => {
    const common = { name, shape, datatype: 'FP32' as const };
    if (isBinary(name)) {
      bytes.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      return { ...common, parameters: { binary_data_size: data.byteLength } };
    }
    numNumbers += data.length;
    if (numNumbers > MAX_JSON_NUMBERS) {
      throw new SemblanceError(
        'REQUEST_TOO_COSTLY',
        `the answer has more than ${MAX_JSON_NUMBERS} numbers, too many for JSON: ` +
          'ask for them with "parameters": {"binary_data_output": true}, or name fewer outputs',
      );
    }
    return { ...common, data: [...data] };
  });
  return { outputs, bytes };
}
