/**
 * People of other systems: CompreFace, DeepFace, face_recognition, InsightFace Server.
 *
 * @module
 */

export type { ForeignFace } from './foreign-people.ts';
export { type ForeignImport, type ImportForeignOptions, importForeignPeople } from './import-foreign.ts';
export { foreignKinds, readForeignPeople } from './read-foreign.ts';
