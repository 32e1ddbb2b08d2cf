export { AdamW, type AdamWOptions } from './adamw.ts';
export { clipGradNorm } from './clip.ts';
export { Optimizer, type OptimizerState, type ParamGroup } from './optimizer.ts';
export { SGD, type SGDOptions } from './sgd.ts';
