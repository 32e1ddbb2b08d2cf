/**
 * The native addon: where it is, how it is built.
 *
 * @module
 */

export { type BuildAddonOptions, type BuiltAddon, buildAddon } from './build.ts';
export { findLibtorch, type Libtorch } from './libtorch.ts';
export { addonPathFor, findAddon } from './location.ts';
