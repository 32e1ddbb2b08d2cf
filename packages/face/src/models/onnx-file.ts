import { SemblanceError } from '../error.ts';

/** What is read from an ONNX file without running it. */
export interface OnnxFacts {
  producer: string;
  opset: number;
  /** Operator types of the graph's nodes, in order. */
  operators: string[];
  /** Slopes of the LeakyRelu nodes (0.01 where none is written), each once. */
  leakySlopes: number[];
  /** Whether a tensor lies outside the file. */
  hasExternalData: boolean;
}

/** A field of a protobuf message: bytes for length-delimited ones, a number for the others. */
interface Field {
  id: number;
  bytes: Uint8Array;
  value: number;
}

/**
 * Reads the facts of an ONNX file that its session does not tell, by walking the protobuf.
 *
 * @throws SemblanceError MODEL_INVALID if the bytes are no ONNX model.
 */
export function readOnnxFacts(bytes: Uint8Array): OnnxFacts {
  const facts: OnnxFacts = { producer: '', opset: 0, operators: [], leakySlopes: [], hasExternalData: false };
  let hasGraph = false;
  for (const { id, bytes: body } of fields(bytes)) {
    if (id === 2) facts.producer = text(body);
    if (id === 8) facts.opset = Math.max(facts.opset, readOpset(body));
    if (id === 7) {
      readGraph(body, facts);
      hasGraph = true;
    }
  }
  if (!hasGraph) throw new SemblanceError('MODEL_INVALID', 'the file is no ONNX model: it holds no graph');
  return facts;
}

/** OperatorSetId: 1 domain, 2 version. Only the default domain counts. */
function readOpset(body: Uint8Array): number {
  let [domain, version] = ['', 0];
  for (const field of fields(body)) {
    if (field.id === 1) domain = text(field.bytes);
    if (field.id === 2) version = field.value;
  }
  return domain === '' || domain === 'ai.onnx' ? version : 0;
}

/** GraphProto: 1 node, 5 initializer, 15 sparse initializer. */
function readGraph(body: Uint8Array, facts: OnnxFacts): void {
  for (const { id, bytes } of fields(body)) {
    if (id === 1) readNode(bytes, facts);
    if (id === 5) readTensor(bytes, facts);
    if (id === 15) for (const part of fields(bytes)) if (part.id <= 2) readTensor(part.bytes, facts);
  }
}

/** NodeProto: 4 op_type, 5 attribute. */
function readNode(body: Uint8Array, facts: OnnxFacts): void {
  let [operator, slope] = ['', 0.01];
  for (const { id, bytes } of fields(body)) {
    if (id === 4) operator = text(bytes);
    if (id === 5) slope = readAttribute(bytes, facts) ?? slope;
  }
  facts.operators.push(operator);
  if (operator === 'LeakyRelu' && !facts.leakySlopes.includes(slope)) facts.leakySlopes.push(slope);
}

/** AttributeProto: 1 name, 2 float, 5 tensor, 6 graph, 10 tensors, 11 graphs. Gives `alpha` if it is that. */
function readAttribute(body: Uint8Array, facts: OnnxFacts): number | undefined {
  let [name, float] = ['', 0];
  for (const field of fields(body)) {
    if (field.id === 1) name = text(field.bytes);
    if (field.id === 2) float = field.value;
    if (field.id === 5 || field.id === 10) readTensor(field.bytes, facts);
    if (field.id === 6 || field.id === 11) readGraph(field.bytes, facts);
  }
  return name === 'alpha' ? float : undefined;
}

/** TensorProto: 13 external_data, 14 data_location (1 = external). */
function readTensor(body: Uint8Array, facts: OnnxFacts): void {
  for (const { id, value } of fields(body)) {
    if (id === 13 || (id === 14 && value === 1)) facts.hasExternalData = true;
  }
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function* fields(bytes: Uint8Array): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const none = bytes.subarray(0, 0);
  let at = 0;
  const varint = (): number => {
    let [value, factor] = [0, 1];
    for (let count = 0; count < 10 && at < bytes.length; count++, factor *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw new SemblanceError(
      'MODEL_INVALID',
      'the file is no ONNX model: it ends in the middle or is damaged',
    );
  };
  while (at < bytes.length) {
    const tag = varint();
    const id = Math.floor(tag / 8);
    const wire = tag % 8;
    if (wire === 0) yield { id, bytes: none, value: varint() };
    else {
      const length = wire === 2 ? varint() : wire === 5 ? 4 : wire === 1 ? 8 : Number.POSITIVE_INFINITY;
      if (at + length > bytes.length) {
        throw new SemblanceError(
          'MODEL_INVALID',
          'the file is no ONNX model: it ends in the middle or is damaged',
        );
      }
      const value = wire === 5 ? view.getFloat32(at, true) : wire === 1 ? view.getFloat64(at, true) : 0;
      yield { id, bytes: wire === 2 ? bytes.subarray(at, at + length) : none, value };
      at += length;
    }
  }
}
