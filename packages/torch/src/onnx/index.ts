/**
 * Modules written as ONNX files, checked in ONNX Runtime; 8-bit quantization.
 *
 * @module
 */

export { type ExportOptions, type ExportResult, exportOnnx } from './export.ts';
export {
  type QuantizeOptions,
  type QuantizeResult,
  quantizeOnnx,
  type Range,
  valuesToCalibrate,
  withOutputs,
} from './quantize/index.ts';
