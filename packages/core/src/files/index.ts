/**
 * Files written aside and put in place whole, fingerprints, lists of images, paths that stay in their folder, locks.
 *
 * @module
 */

export { withPath } from '../system-error.ts';
export { asidePath, isAsidePath, putInPlace, writeAside, writeFileAside } from './aside.ts';
export { AsideFile } from './aside-file.ts';
export { writeFileAsideSync } from './aside-sync.ts';
export { exists, isFile } from './exists.ts';
export { fingerprintFiles, hashBytes, hashFile, hashLargeFile } from './fingerprint.ts';
export { type ImageKind, sniffImage } from './image-kind.ts';
export { parseJsonFile, readJsonFile, writeJsonFile } from './json-file.ts';
export { figuresText, parseFigures } from './json-lines.ts';
export {
  byCodeUnit,
  kindOf,
  type LeftOut,
  type ListedImage,
  listImages,
  listPhotos,
  statOrThrow,
} from './list-images.ts';
export { type LockOptions, lockPlace, requireUnlocked, takeLock } from './lock.ts';
export { type MakeFolderOptions, makeFolder, makeFolderSync } from './make-folder.ts';
export { hasImageName, isPhotoFile, isSystemName } from './photo-names.ts';
export { safeRelativePath } from './safe-path.ts';
export { readTextFile, textOf } from './text-file.ts';
export { appendFile, writeFile } from './write-file.ts';
