import {
  type GraphMessage,
  type ModelMessage,
  readOnnxModel,
  type TensorMessage,
} from '@semblance/core/onnx';
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

/** The weights themselves, and the names of what goes from node to node. */
const unread = new Set([
  ...['rawData', 'floatData', 'int32Data', 'int64Data', 'doubleData', 'uint64Data', 'dims'],
  ...['input', 'output', 'valueInfo', 'metadataProps', 'docString'],
]);

/**
 * Reads the facts of an ONNX file that its session does not tell.
 *
 * @throws SemblanceError MODEL_INVALID if the bytes are no ONNX model.
 */
export function readOnnxFacts(bytes: Uint8Array): OnnxFacts {
  let model: ModelMessage;
  try {
    model = readOnnxModel(bytes, unread);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SemblanceError('MODEL_INVALID', `the file is not an ONNX model: ${why}`, { cause });
  }
  const { graph, producerName = '', opsetImport } = model;
  if (!graph) throw new SemblanceError('MODEL_INVALID', 'the file is not an ONNX model: it has no graph');
  const facts: OnnxFacts = {
    producer: producerName,
    opset: 0,
    operators: [],
    leakySlopes: [],
    hasExternalData: false,
  };
  for (const { domain = '', version = 0 } of opsetImport) {
    if (domain === '' || domain === 'ai.onnx') facts.opset = Math.max(facts.opset, version);
  }
  readGraph(graph, facts);
  return facts;
}

function readGraph({ node, initializer, sparseInitializer = [] }: GraphMessage, facts: OnnxFacts): void {
  for (const { opType = '', attribute } of node) {
    let slope = 0.01;
    for (const { name, f = 0, t, tensors = [], g, graphs = [] } of attribute) {
      if (name === 'alpha') slope = f;
      readTensors([t, ...tensors], facts);
      for (const inner of g ? [g, ...graphs] : graphs) readGraph(inner, facts);
    }
    facts.operators.push(opType);
    if (opType === 'LeakyRelu' && !facts.leakySlopes.includes(slope)) facts.leakySlopes.push(slope);
  }
  readTensors(initializer, facts);
  readTensors(
    sparseInitializer.flatMap(({ values, indices }) => [values, indices]),
    facts,
  );
}

function readTensors(tensors: readonly (TensorMessage | undefined)[], facts: OnnxFacts): void {
  for (const tensor of tensors) {
    if (tensor && (tensor.dataLocation === 1 || tensor.externalData?.length)) facts.hasExternalData = true;
  }
}
