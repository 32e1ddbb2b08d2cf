import {
  type GraphMessage,
  type ModelMessage,
  readOnnxModel,
  type TensorMessage,
} from '@semblance/core/onnx';
import { TorchError } from '../../error.ts';
import { modelProto } from '../proto.ts';

/** A model with a graph. */
export type WholeModel = ModelMessage & { graph: GraphMessage };

/** Where QuantizeLinear has an axis. */
const MIN_OPSET = 13;

/**
 * Reads an ONNX file whole.
 *
 * @throws TorchError EXPORT_INVALID for what is no ONNX file, keeps weights in other files, has graphs within nodes or is
 *   of an opset before 13
 */
export function readModel(bytes: Uint8Array): WholeModel {
  let model: ModelMessage;
  try {
    model = readOnnxModel(bytes);
  } catch (cause) {
    throw new TorchError('EXPORT_INVALID', 'the bytes are no ONNX model', { cause });
  }
  const { graph, opsetImport } = model;
  if (!graph) throw new TorchError('EXPORT_INVALID', 'the bytes are not an ONNX model: they have no graph');
  const opset = opsetImport.find(({ domain = '' }) => domain === '' || domain === 'ai.onnx')?.version ?? 0;
  if (opset < MIN_OPSET) {
    throw new TorchError(
      'EXPORT_INVALID',
      `Expected an opset of ${MIN_OPSET} or later but received ${opset}`,
    );
  }
  if (graph.initializer.some(({ dataLocation }) => dataLocation === 1)) {
    throw new TorchError('EXPORT_INVALID', 'the model keeps weights in other files');
  }
  if (graph.node.some(({ attribute }) => attribute.some(({ g, graphs }) => g || graphs?.length))) {
    throw new TorchError('EXPORT_INVALID', 'the model has graphs within nodes, which are not quantised');
  }
  return { ...model, graph };
}

export const writeModel = (model: WholeModel): Uint8Array =>
  modelProto.encode(modelProto.fromObject(model)).finish();

/** The values of a float32 initializer; null where it is of another type. */
export function floatValues({ dataType, rawData, floatData }: TensorMessage): Float32Array | null {
  if (dataType !== 1) return null;
  if (floatData?.length) return Float32Array.from(floatData);
  const bytes = Uint8Array.from(rawData ?? []);
  return new Float32Array(bytes.buffer, 0, bytes.length / 4);
}
