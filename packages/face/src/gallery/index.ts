export { type BuildOptions, buildGallery, type PhotosOfPerson } from './build.ts';
export type { BuildReport, BuildWarning, RefusedPhoto } from './build-report.ts';
export { createMemoryStore } from './drivers/memory.ts';
export { openSqliteStore, type SqliteStoreOptions } from './drivers/sqlite.ts';
export { createExactIndex } from './exact-index.ts';
export {
  type CreateGalleryOptions,
  GALLERY_FILE,
  Gallery,
  type GalleryModel,
  type GalleryStats,
  type OpenGalleryOptions,
  type SubjectHit,
} from './gallery.ts';
export type { GalleryMeta, GalleryStore, NewFace, StoredFace, SubjectInfo } from './store.ts';
export { type SubjectEmbedderOptions, type SubjectFace, subjectEmbedder } from './subject-embedder.ts';
export { estimateThreshold, type ThresholdEstimate, type ThresholdOptions } from './threshold.ts';
export type { VectorHit, VectorIndex } from './vector-index.ts';
