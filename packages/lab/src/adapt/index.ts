/**
 * Fits a recognizer to one's own people: a linear head on embeddings, kept only where it helps.
 *
 * @module
 */

export { type Adaptation, adaptEmbeddings, type HeldOutRates } from './adapt-embeddings.ts';
export { appendLinearHead } from './append-head.ts';
export { applyLinearHead, fitLinearHead, type LinearHead, type PeopleEmbeddings } from './linear-head.ts';
