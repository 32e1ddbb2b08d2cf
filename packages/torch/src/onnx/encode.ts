import { TorchError } from '../error.ts';
import {
  type Attribute,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  onnxTypes,
  type ValueInfo,
} from './graph.ts';
import { modelProto } from './proto.ts';

export interface EncodeOptions {
  opset: number;
  graphName?: string;
  producerVersion?: string;
  /** Text beside the graph (metadata_props). */
  metadata?: Readonly<Record<string, string>>;
}

// Version 8 of the format belongs to opset 17; older runtimes refuse newer ones.
const irVersion = (opset: number): number => (opset <= 18 ? 8 : opset <= 20 ? 9 : 10);

// A protobuf message is at most 2 GiB; beyond it ONNX needs files beside the file.
const MAX_BYTES = 2 ** 31 - 1;

/**
 * The bytes of an ONNX file with this graph.
 *
 * @throws TorchError EXPORT_INVALID where it would exceed 2 GiB
 * @see https://github.com/onnx/onnx/blob/main/docs/IR.md
 */
export function encodeModel(graph: OnnxGraph, options: EncodeOptions): Uint8Array {
  let weightBytes = 0;
  for (const { bytes } of graph.initializers.values()) weightBytes += bytes.byteLength;
  if (weightBytes > MAX_BYTES)
    throw new TorchError('EXPORT_INVALID', `${weightBytes} bytes of weights: ONNX files end at 2 GiB`);
  const message = {
    irVersion: irVersion(options.opset),
    producerName: 'semblance',
    producerVersion: options.producerVersion ?? '',
    opsetImport: [{ domain: '', version: options.opset }],
    metadataProps: Object.entries(options.metadata ?? {}).map(([key, value]) => ({ key, value })),
    graph: {
      name: options.graphName ?? 'main',
      node: graph.nodes.map(nodeMessage),
      initializer: [...graph.initializers.values()].map(tensorMessage),
      input: graph.inputs.map(valueMessage),
      output: graph.outputs.map(valueMessage),
    },
  };
  return modelProto.encode(message).finish();
}

const nodeMessage = ({ name, opType, inputs, outputs, attributes }: OnnxNode) => ({
  name,
  opType,
  input: inputs,
  output: outputs,
  attribute: Object.entries(attributes).map(([key, attribute]) => ({
    name: key,
    ...attributeMessage(attribute),
  })),
});

/** The value in its field, and AttributeProto.AttributeType. */
function attributeMessage({ kind, value }: Attribute): object {
  switch (kind) {
    case 'float':
      return { f: value, type: 1 };
    case 'int':
      return { i: value, type: 2 };
    case 'text':
      return { s: Buffer.from(value), type: 3 };
    case 'ints':
      return { ints: value, type: 7 };
  }
}

const tensorMessage = ({ name, dtype, dims, bytes }: OnnxTensor) => ({
  name,
  dims,
  dataType: onnxTypes[dtype],
  rawData: bytes,
});

const valueMessage = ({ name, dtype, dims }: ValueInfo) => ({
  name,
  type: {
    tensorType: {
      elemType: onnxTypes[dtype],
      shape: { dim: dims.map((d) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d })) },
    },
  },
});
