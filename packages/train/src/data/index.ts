/**
 * What training reads: samples, augmentation, loaders.
 *
 * @module
 */

export { createCacheMemory, type ImageCacheMemory } from './image-cache.ts';
export { createLoader, type Loader, type LoaderOptions } from './loader.ts';
export { type PersonData, readPersonData } from './person-data.ts';
export { createSampler, type Sampler } from './sampler.ts';
