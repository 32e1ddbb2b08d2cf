export { type BuildAddonOptions, type BuiltAddon, buildAddon } from './build.ts';
export { findLibtorch, type Libtorch } from './libtorch.ts';
export { addonPathFor, findAddon } from './location.ts';
