import type { ErrorCode, SemblanceError } from '../error.ts';
import { statusOf } from './status.ts';

/** Whose contract CompreFace's routes keep: its own to the letter, or ours in its words. */
export type Compat = 'compreface' | 'none';

/** What of an answer is a matter of whom one keeps to. */
export interface Contract {
  /** The HTTP status of an error of the caller's. */
  statusOf(code: ErrorCode): number;
  /** The number of an error in CompreFace's table. */
  numberOf(error: SemblanceError): number;
  /** A coordinate in pixels. */
  pixel(value: number): number;
  /** What an enrolled face is called. */
  imageId(id: number): string;
  /** Whether a picture in which no face is found is an error. */
  needsFace: boolean;
  /** Whether the picture that is compared may show one face only. */
  needsOneSource: boolean;
  /** In which order faces stand that one is compared with. */
  matchesBy: 'area' | 'similarity';
  /** Whether names that differ in case alone are one subject's. */
  ignoresCase: boolean;
  /** Whether a subject stays when its last face is removed. */
  keepsSubjects: boolean;
  /** Whether what is not there is answered as nothing, where CompreFace does: no faces, no bytes, nothing renamed. */
  missingIsNothing: boolean;
}

/** CompreFace's numbers (`CommonExceptionCode` of 1.2); 0 for what it has no word for. */
const numbers: Partial<Record<ErrorCode, number>> = {
  KEY_INVALID: 10,
  KEY_MISSING: 20,
  IMAGE_NOT_AN_IMAGE: 21,
  IMAGE_UNREADABLE: 21,
  IMAGE_TRUNCATED: 21,
  NO_FACE: 28,
  TOO_MANY_FACES: 31,
  REQUEST_INVALID: 33,
  REQUEST_PART_MISSING: 34,
  GALLERY_SUBJECT_NOT_FOUND: 42,
  GALLERY_SUBJECT_EXISTS: 43,
  GALLERY_FACE_NOT_FOUND: 44,
};

/** Its statuses where they differ from ours: a key is sought like a model, and most else is a bad request. */
const statuses: Partial<Record<ErrorCode, number>> = {
  KEY_MISSING: 400,
  KEY_INVALID: 404,
  IMAGE_NOT_AN_IMAGE: 400,
  GALLERY_SUBJECT_EXISTS: 400,
};
/** A parameter that is out of its range, in its table; 33 is one that is missing. */
const OUT_OF_RANGE = 26;

const own: Contract = {
  statusOf,
  numberOf: ({ code }) => numbers[code] ?? 0,
  pixel: (value) => Number(value.toFixed(1)),
  imageId: String,
  needsFace: false,
  needsOneSource: false,
  matchesBy: 'similarity',
  ignoresCase: false,
  keepsSubjects: false,
  missingIsNothing: false,
};

const compreface: Contract = {
  statusOf: (code) => statuses[code] ?? statusOf(code),
  numberOf: (error) =>
    error.code === 'REQUEST_INVALID' && !error.details.isMissing ? OUT_OF_RANGE : own.numberOf(error),
  pixel: Math.round,
  imageId: uuidOf,
  needsFace: true,
  needsOneSource: true,
  matchesBy: 'area',
  ignoresCase: true,
  keepsSubjects: true,
  missingIsNothing: true,
};

export const contracts: Readonly<Record<Compat, Contract>> = { compreface, none: own };

/** The contract that a request is answered by: CompreFace's concerns its own routes alone. */
export const contractOf = (url: string, compat: Compat): Contract =>
  /^\/api\/v1\/(recognition|detection|verification)\b/.test(url) ? contracts[compat] : own;

/** A whole number as a UUID of version 8, whose bits are ours to choose (RFC 9562, 5.8); typed clients take no other id. */
function uuidOf(id: number): string {
  return `${UUID_HEAD}${id.toString(16).padStart(12, '0')}`;
}
const UUID_HEAD = '00000000-0000-8000-8000-';

/** The number of an enrolled face, whichever way it is written; −1, which is no face's, for anything else. */
export function faceIdOf(imageId: string): number {
  if (/^\d{1,15}$/.test(imageId)) return Number(imageId);
  const digits = imageId.toLowerCase().startsWith(UUID_HEAD) ? imageId.slice(UUID_HEAD.length) : '';
  return /^[0-9a-f]{12}$/i.test(digits) ? Number.parseInt(digits, 16) : -1;
}
