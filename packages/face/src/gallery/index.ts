/**
 * The people a system knows: building, opening, searching; stores that keep them; thresholds.
 *
 * @module
 */

export { type BuildOptions, buildGallery, type PhotosOfPerson } from './build.ts';
export type { BuildReport, BuildWarning, RefusedPhoto } from './build-report.ts';
export { createMemoryStore } from './drivers/memory.ts';
export { openSqliteStore } from './drivers/sqlite.ts';
export { copyGalleryFile, type SqliteStoreOptions } from './drivers/sqlite-file.ts';
export { type Erasure, eraseBeside, eraseFromGallery } from './erase.ts';
export { createExactIndex } from './exact-index.ts';
export {
  Gallery,
  type GalleryStats,
  type OpenGalleryOptions,
  type SubjectHit,
} from './gallery.ts';
export { GALLERY_FILE } from './gallery-file.ts';
export { lockGallery } from './lock.ts';
export type { CreateGalleryOptions, GalleryModel } from './meta.ts';
export { type ModelPaths, modelsOfGallery } from './models-of-gallery.ts';
export {
  findGallery,
  galleriesFolder,
  type NamedGallery,
  namedGalleries,
  placeOfGallery,
} from './named.ts';
export {
  CROP_QUALITY,
  type GalleryMeta,
  type GalleryStore,
  type NewFace,
  type StoreChanges,
  type StoredFace,
  type SubjectInfo,
  type ThresholdRule,
} from './store.ts';
export { estimateThreshold, type ThresholdEstimate, type ThresholdOptions } from './threshold.ts';
export type { VectorHit, VectorIndex } from './vector-index.ts';
