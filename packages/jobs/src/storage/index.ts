/**
 * Object storage: S3, OBS and folders.
 *
 * @module
 */

export { copyDown, predownload } from './copy-down.ts';
export { copyUp } from './copy-up.ts';
export { createS3Client, s3Service } from './drivers/s3-client.ts';
export { type OpenLocationOptions, openLocation, parseLocation } from './location.ts';
export { type LocationState, MANIFEST_KEY, type ObjectsManifest, stateOf } from './manifest.ts';
export type { CopyOptions, CopyProgress, CopyReport } from './progress.ts';
export type {
  Location,
  ObjectHead,
  ObjectInfo,
  ObjectStorage,
  PutFileOptions,
  StorageDriver,
  StorageDrivers,
} from './storage.ts';
