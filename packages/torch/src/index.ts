/**
 * libtorch in TypeScript: tensors, autograd, modules, optimizers.
 *
 * @module
 */

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
/**
 * CUDA devices: whether there are any, and waiting for their work.
 *
 * @example
 * ```ts
 * import { cuda, zeros } from '@semblance/torch';
 *
 * const x = zeros([2], { device: cuda.isAvailable() ? 'cuda' : 'cpu' });
 * console.log(x.shape); // [ 2 ]
 * ```
 */
export * as cuda from './cuda.ts';
export { findOp, type Interceptor, type Op, withInterceptor } from './dispatch.ts';
export { TorchError, type TorchErrorCode, torchErrorCodes } from './error.ts';
export { fromArray, shareArray, type TensorData, type TensorOptions, tensor } from './from-data.ts';
export * from './functions.ts';
export { Generator } from './generator.ts';
export { enableGrad, isGradEnabled, noGrad } from './grad-mode.ts';
/**
 * Modules: layers, containers and losses under PyTorch's names, whose `stateDict()` has PyTorch's keys.
 *
 * @example
 * ```ts
 * import { nn, randn } from '@semblance/torch';
 *
 * class Net extends nn.Module {
 *   conv = new nn.Conv2d(3, 8, 3, { padding: 1 });
 *   head = new nn.Linear(8, 2);
 *
 *   forward(x_NCHW = randn([1, 3, 8, 8])) {
 *     return this.head.forward(this.conv.forward(x_NCHW).relu().mean([2, 3])); // [N, 2]
 *   }
 * }
 * const net = new Net();
 * console.log(net.forward().shape, [...net.stateDict().keys()]); // [ 1, 2 ] [ 'conv.weight', 'conv.bias', …
 * ```
 */
export * as nn from './nn/index.ts';
export type { MemoryFormat, Scalar } from './ops.gen.ts';
export { ops } from './ops.ts';
/**
 * Optimizers: what changes parameters by their gradients.
 *
 * @example
 * ```ts
 * import { nn, optim, randn } from '@semblance/torch';
 *
 * const model = new nn.Linear(4, 1);
 * const optimizer = new optim.AdamW(model.parameters(), { lr: 1e-3 });
 * model.forward(randn([8, 4])).pow(2).mean().backward();
 * optimizer.step();
 * optimizer.zeroGrad();
 * ```
 */
export * as optim from './optim/index.ts';
/**
 * Learning rates over the steps of a training: pure functions from a step to a factor.
 *
 * @example
 * ```ts
 * import { schedules } from '@semblance/torch';
 *
 * const factor = schedules.warmup({ warmupSteps: 2, after: schedules.cosine({ totalSteps: 10 }) });
 * console.log(factor(0), factor(2), factor(12)); // 0.5 1 0
 * ```
 */
export * as schedules from './optim/schedules.ts';
export * from './runtime.ts';
export { persistent, Scope, scope } from './scope.ts';
export { type DType, Tensor, type TypedArray } from './tensor.ts';
export type { Device, TensorExtras, TensorList } from './tensor-extras.ts';
