/**
 * Values held against zod schemas, with errors that say what was expected, where, and what was received.
 *
 * @module
 */

export { type CheckOptions, check, type Flaw, invalidValue, jsonSchemaOf } from './check.ts';
export { checkFile, readCheckedFile } from './json-file.ts';
export { fromGiven, fromText } from './text.ts';
export { boundWords, type JsonSchema, wordsOf } from './words.ts';
