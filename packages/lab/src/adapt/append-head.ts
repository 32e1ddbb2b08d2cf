import { readOnnxModel } from '@semblance/core/onnx';
import { SemblanceError } from '../error.ts';
import type { LinearHead } from './linear-head.ts';

/** Name of the output that the head gives. */
export const HEAD_OUTPUT = 'adapted_embedding';

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return [...bytes, value];
};
const message = (id: number, ...parts: Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Uint8Array.from([...varint(8 * id + 2), ...varint(body.length)]), body]);
};
const text = (id: number, value: string): Uint8Array => message(id, Buffer.from(value));
const number = (id: number, value: number): Uint8Array =>
  Uint8Array.from([...varint(8 * id), ...varint(value)]);

/**
 * An ONNX model followed by a head: its output `output` [N][D] times Wᵀ becomes one more output. The model's own bytes stay
 * as they are, only its graph grows.
 *
 * @throws SemblanceError DATA_INVALID where the model has no such output, or has a head already
 */
export function appendLinearHead(
  model: Uint8Array,
  output: string,
  { size, rows }: LinearHead,
): { bytes: Uint8Array; output: string } {
  const outputs = readOnnxModel(model).graph?.output.map(({ name }) => name) ?? [];
  if (!outputs.includes(output) || outputs.includes(HEAD_OUTPUT))
    throw new SemblanceError(
      'DATA_INVALID',
      `a head goes on a model with the output ${output} and without ${HEAD_OUTPUT}, but this one has ${outputs.join(', ')}`,
    );
  const weights = 'adapted_head';
  const values = new Float32Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) values[j * size + i] = rows[i * size + j]!;
  const node = message(
    1,
    text(1, output),
    text(1, weights),
    text(2, HEAD_OUTPUT),
    text(3, weights),
    text(4, 'MatMul'),
  );
  const initializer = message(
    5,
    number(1, size),
    number(1, size),
    number(2, 1),
    text(8, weights),
    message(9, new Uint8Array(values.buffer)),
  );
  const shape = message(2, message(1, text(2, 'N')), message(1, number(1, size)));
  const value = message(12, text(1, HEAD_OUTPUT), message(2, message(1, number(1, 1), shape)));
  const [start, from, to] = placeOfGraph(model);
  const graph = message(7, model.subarray(from, to), node, initializer, value);
  return { bytes: Buffer.concat([model.subarray(0, start), graph, model.subarray(to)]), output: HEAD_OUTPUT };
}

/** Where the field of the graph begins, where its body does, and where both end. */
function placeOfGraph(model: Uint8Array): [start: number, from: number, to: number] {
  let at = 0;
  const next = (): number => {
    let [value, factor] = [0, 1];
    for (; ; factor *= 128) {
      const byte = model[at++]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < model.length) {
    const start = at;
    const tag = next();
    if (tag % 8 === 0) next();
    else {
      const length = next();
      if (tag === 8 * 7 + 2) return [start, at, at + length];
      at += length;
    }
  }
  throw new SemblanceError('DATA_INVALID', 'the model has no graph');
}
