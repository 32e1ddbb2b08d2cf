/** Files and their content, without the libraries that read pictures: for programs that must start quickly. */
export { fingerprintFiles, hashBytes, hashFile } from './fingerprint.ts';
export { mapAhead } from './map-ahead.ts';
export { safeRelativePath } from './safe-path.ts';
