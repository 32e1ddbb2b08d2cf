export { readJsonFile, writeJsonFile } from './atomic-file.ts';
export { fingerprintFiles, hashBytes, hashFile, hashLargeFile } from './fingerprint.ts';
export {
  byCodeUnit,
  hasImageName,
  kindOf,
  type ListedImage,
  listImages,
  statOrThrow,
} from './list-images.ts';
export { safeRelativePath } from './safe-path.ts';
export { readTextFile } from './text-file.ts';
