export { asidePath, isAsidePath, putInPlace, writeAside, writeFileAside } from './aside.ts';
export { AsideFile } from './aside-file.ts';
export { writeFileAsideSync } from './aside-sync.ts';
export { exists, isFile } from './exists.ts';
export { fingerprintFiles, hashBytes, hashFile, hashLargeFile } from './fingerprint.ts';
export { readJsonFile, writeJsonFile } from './json-file.ts';
export { figuresText, parseFigures } from './json-lines.ts';
export {
  byCodeUnit,
  hasImageName,
  kindOf,
  type ListedImage,
  listImages,
  statOrThrow,
} from './list-images.ts';
export { type LockOptions, lockPlace, takeLock } from './lock.ts';
export { safeRelativePath } from './safe-path.ts';
export { readTextFile, textOf } from './text-file.ts';
