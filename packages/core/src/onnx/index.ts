/**
 * Reads ONNX files into plain objects.
 *
 * @module
 */

export type {
  AttributeMessage,
  GraphMessage,
  ModelMessage,
  NodeMessage,
  TensorMessage,
  ValueMessage,
} from './messages.ts';
export { readOnnxModel } from './read.ts';
export { onnxSchema } from './schema.ts';
