export * from './activation.ts';
export * from './conv.ts';
export * from './linear.ts';
export * from './loss.ts';
export {
  type BatchNormFunctionOptions,
  batch_norm,
  group_norm,
  layer_norm,
  type NormFunctionOptions,
} from './norm.ts';
