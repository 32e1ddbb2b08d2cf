export { Adam, type AdamOptions, AdamW, type AdamWOptions } from './adam.ts';
export { clipGradNorm } from './clip.ts';
export { Optimizer, type OptimizerState, type ParamGroup } from './optimizer.ts';
export type { GivenGroup, OptimizerParams } from './parameter-groups.ts';
export { RMSprop, type RMSpropOptions } from './rmsprop.ts';
export { SGD, type SGDOptions } from './sgd.ts';
