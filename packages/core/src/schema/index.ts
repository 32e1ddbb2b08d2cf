export { type CheckOptions, check, type Flaw, invalidValue, jsonSchemaOf } from './check.ts';
export { readCheckedFile } from './json-file.ts';
export { fromGiven, fromText } from './text.ts';
export { boundWords, type JsonSchema, wordsOf } from './words.ts';
