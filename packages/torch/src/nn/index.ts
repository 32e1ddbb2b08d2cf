export * from './containers.ts';
export { normActivation, type SlopedActivation } from './fused.ts';
export * as init from './init.ts';
export * from './layers.ts';
export * from './module.ts';
