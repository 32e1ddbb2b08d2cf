export * from './align/index.ts';
export * from './datasets/index.ts';
export * from './error.ts';
export * from './geometry/index.ts';
export * from './image/index.ts';
export * from './models/index.ts';
export * from './pipeline/index.ts';
