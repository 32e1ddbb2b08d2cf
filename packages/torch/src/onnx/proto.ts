import { onnxSchema } from '@semblance/core/onnx';
import protobuf from 'protobufjs/light.js';

/** ModelProto of the ONNX standard, restricted to what is written or read here: for writing. */
export const modelProto = protobuf.Root.fromJSON({
  nested: { onnx: { nested: onnxSchema } },
}).lookupType('onnx.ModelProto');
