/**
 * `Semblance`: models by name, a gallery, and what is asked of them, in one object.
 *
 * @module
 */

export type { Enrolment } from './enrol.ts';
export type { Findings, PhotoOfPerson } from './find.ts';
export type { SemblanceOptions } from './open-parts.ts';
export { type CompareOptions, type FindPersonOptions, Semblance } from './semblance.ts';
export { type StrangerRate, strangerRate, strangersScoring, strangerWords } from './strangers.ts';
export { type FacePair, type NumberedFace, type Verification, verifyFaces } from './verify.ts';
