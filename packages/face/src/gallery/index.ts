/**
 * The people a system knows: building, opening, searching; stores that keep them; thresholds.
 *
 * @module
 */

export {
  backUpGallery,
  type GalleryBackup,
  type RestoreGalleryOptions,
  restoreGallery,
} from './backup.ts';
export { type BuildOptions, buildGallery, type PhotosOfPerson } from './build.ts';
export type { BuildReport, BuildWarning, RefusedPhoto } from './build-report.ts';
export { type CopyOptions, copyGallery, type GalleryCopy } from './copy.ts';
export { createMemoryStore } from './drivers/memory.ts';
export { openPostgresStore, type PostgresStoreOptions } from './drivers/postgres/store.ts';
export { openSqliteStore, type SqliteStore } from './drivers/sqlite.ts';
export { copyGalleryFile, requireWholeGallery, type SqliteStoreOptions } from './drivers/sqlite-file.ts';
export { type Encryption, encryptGallery } from './encrypt.ts';
export { type Erasure, eraseBeside, eraseFromGallery } from './erase.ts';
export { isExportFile } from './export/export-file.ts';
export { type ExportOptions, exportGallery } from './export/export-gallery.ts';
export {
  type ExportSecret,
  publicKeyText,
  signingKey,
  signingKeyFile,
} from './export/export-keys.ts';
export type { ExportHeader } from './export/header.ts';
export {
  type Imported,
  type ImportOptions,
  importGallery,
  type ReEmbedder,
} from './export/import-gallery.ts';
export { rateInWords } from './false-positives.ts';
export { Gallery, type OpenGalleryOptions } from './gallery.ts';
export { isGalleryAddress, shownGallery } from './gallery-address.ts';
export type { GalleryConfiguration } from './gallery-configuration.ts';
export { GALLERY_FILE, galleryFileAt } from './gallery-file.ts';
export type { GalleryNames } from './gallery-names.ts';
export type { GalleryNegatives } from './gallery-negatives.ts';
export { openGalleryStore } from './gallery-place.ts';
export type { GalleryProfiles } from './gallery-profiles.ts';
export type { CalibrateOptions, CalibrationReport } from './gallery-threshold.ts';
export type { IndexChoice, MakeIndex } from './index/choose-index.ts';
export { createExactIndex, type ExactIndexOptions } from './index/exact-index.ts';
export { createHnswIndex, type HnswIndexOptions } from './index/hnsw-index.ts';
export { type FaceSink, fillGallery, type Intake, type IntakeOptions } from './intake.ts';
export type { GallerySearchOptions } from './known-faces.ts';
export { lockGallery } from './lock.ts';
export {
  type CreateGalleryOptions,
  type GalleryModel,
  type GalleryStats,
  newMeta as newGalleryMeta,
} from './meta.ts';
export { detectorOfGallery, type ModelPaths, modelsOfGallery } from './models-of-gallery.ts';
export type { FaceMove, MovedFaces, NameChange, NameChangeKind, NameNote } from './name-changes.ts';
export {
  findGallery,
  galleriesFolder,
  type NamedGallery,
  namedGalleries,
  placeOfGallery,
} from './named.ts';
export { type RotateOptions, rotateGallery } from './rotate.ts';
export type { SealFacts } from './sealing/gallery-seal.ts';
export {
  defaultKeyFile,
  formatMasterKeys,
  type GalleryKeys,
  galleryKeys,
  type KeyOptions,
  type MasterKey,
  type MasterKeys,
  newMasterKey,
  parseMasterKeys,
} from './sealing/index.ts';
export type { ErasureReceipt } from './sealing/receipt.ts';
export type { SubjectHit } from './search-people.ts';
export {
  expiryOf,
  type GallerySettings,
  parseScore,
  type SettingsChange,
  type SubjectScore,
  scoreName,
  scoreOf,
} from './settings.ts';
export {
  CROP_QUALITY,
  type GalleryMeta,
  type GalleryStore,
  type IndexPlace,
  type KeptStore,
  type NewFace,
  type NewNegative,
  type SharedNames,
  type StoreChanges,
  type StoredFace,
  type StoredNegative,
  type StoreMark,
  type StoreNow,
  type SubjectInfo,
  type ThresholdRule,
} from './store.ts';
export {
  type Consent,
  type FaceDetails,
  isBlank,
  type JsonObject,
  type ProfileChange,
  type StoredSubject,
  type SubjectKey,
  type SubjectProfile,
} from './subject-profile.ts';
export { estimateThreshold, type ThresholdEstimate, type ThresholdOptions } from './threshold.ts';
export type { VectorHit, VectorIndex, VectorSource } from './vector-index.ts';
export { type GalleryCheck, type GalleryVerification, verifyGallery } from './verify-gallery.ts';
export { parseReceipt, type ReceiptCheck, receiptSchema, verifyReceipt } from './verify-receipt.ts';
