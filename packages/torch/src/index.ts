export { customFunction, type FunctionContext, type FunctionDefinition } from './autograd/function.ts';
export { grad } from './autograd/grad.ts';
export { GradScaler, type GradScalerOptions } from './autograd/grad-scaler.ts';
export { type GradcheckOptions, gradcheck } from './autograd/gradcheck.ts';
export {
  type AnomalyOptions,
  type AutocastOptions,
  autocast,
  detectAnomaly,
  inferenceMode,
  isInferenceMode,
} from './autograd/modes.ts';
export { run, runBackward } from './background.ts';
export * from './create.ts';
export * as cuda from './cuda.ts';
export { findOp, type Interceptor, type Op, withInterceptor } from './dispatch.ts';
export { TorchError, type TorchErrorCode, torchErrorCodes } from './error.ts';
export { fromArray, shareArray, type TensorData, type TensorOptions, tensor } from './from-data.ts';
export * from './functions.ts';
export { Generator } from './generator.ts';
export { enableGrad, isGradEnabled, noGrad } from './grad-mode.ts';
export * as nn from './nn/index.ts';
export type { MemoryFormat, Scalar } from './ops.gen.ts';
export { ops } from './ops.ts';
export * as optim from './optim/index.ts';
export * as schedules from './optim/schedules.ts';
export * from './runtime.ts';
export { persistent, Scope, scope } from './scope.ts';
export { type DType, Tensor, type TypedArray } from './tensor.ts';
export type { Device, TensorExtras, TensorList } from './tensor-extras.ts';
