export * from './containers.ts';
export * as init from './init.ts';
export * from './layers.ts';
export * from './module.ts';
