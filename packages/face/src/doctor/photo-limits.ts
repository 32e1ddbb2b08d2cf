import type { PhotoFacts } from './photo-facts.ts';

/** How strictly photos are judged: `off` takes every photo with a face. */
export type CheckMode = 'off' | 'standard' | 'strict';
export const checkModes = ['off', 'standard', 'strict'] as const satisfies readonly CheckMode[];

export type PhotoProblem =
  | 'several_faces'
  | 'small'
  | 'turned'
  | 'nodding'
  | 'leaning'
  | 'blurred'
  | 'dark'
  | 'bright'
  | 'flat'
  | 'clipped'
  | 'uneven_light'
  | 'eyes_covered'
  | 'mouth_covered';

/** What a photo has to be, in each mode; null where the mode does not ask. */
export interface PhotoLimit {
  problem: PhotoProblem;
  value(facts: PhotoFacts): number | null;
  /** Whether the limit is the least or the most there may be. */
  bound: 'least' | 'most';
  standard: number | null;
  strict: number | null;
  /** What is wrong, of a value beyond the limit. */
  words(value: number, limit: number): string;
  /** What to do about it. */
  next: string;
}

const share = (value: number): string => `${Math.round(100 * value)} %`;

/**
 * Every limit: adding one is adding an entry. `bench/doctor.ts` measures which share of real photos each of them refuses;
 * `docs/recognition.md` has its table.
 */
export const photoLimits: readonly PhotoLimit[] = [
  {
    problem: 'several_faces',
    value: ({ numFaces }) => numFaces,
    ...{ bound: 'most', standard: null, strict: 1 },
    words: (value) => `${value} faces are in it`,
    next: 'cut the photo to one person',
  },
  {
    // an aligned crop shows 35 pixels between the eyes: below, it is enlarged; 12 is a third of that
    problem: 'small',
    value: ({ eyeDistance }) => eyeDistance,
    ...{ bound: 'least', standard: 12, strict: 30 },
    words: (value, limit) => `the eyes are ${value.toFixed(0)} pixels apart, fewer than ${limit}`,
    next: 'take a photo from nearer, or one of higher resolution',
  },
  {
    problem: 'turned',
    value: ({ yaw }) => Math.abs(yaw),
    ...{ bound: 'most', standard: 45, strict: 30 },
    words: (value, limit) => `the head is turned by ${value.toFixed(0)}°, more than ${limit}°`,
    next: 'take one that shows both eyes and both cheeks',
  },
  {
    problem: 'nodding',
    value: ({ pitch }) => Math.abs(pitch),
    ...{ bound: 'most', standard: 35, strict: 20 },
    words: (value, limit) => `the head is bent up or down by ${value.toFixed(0)}°, more than ${limit}°`,
    next: 'take one from the height of the eyes',
  },
  {
    // alignment turns the face upright: only what looks like a detector's mistake counts
    problem: 'leaning',
    value: ({ roll }) => Math.abs(roll),
    ...{ bound: 'most', standard: 45, strict: 20 },
    words: (value, limit) => `the head leans by ${value.toFixed(0)}°, more than ${limit}°`,
    next: 'turn the photo upright',
  },
  {
    problem: 'blurred',
    value: ({ detail }) => detail,
    ...{ bound: 'least', standard: 25, strict: 60 },
    words: (value, limit) => `it is blurred: a detail of ${value.toFixed(0)}, below ${limit}`,
    next: 'take a sharp one: hold still, focus on the face, more light',
  },
  {
    problem: 'dark',
    value: ({ brightness }) => brightness,
    ...{ bound: 'least', standard: 40, strict: 60 },
    words: (value, limit) => `the face is dark: a brightness of ${value.toFixed(0)} of 255, below ${limit}`,
    next: 'take one with light on the face, not behind it',
  },
  {
    problem: 'bright',
    value: ({ brightness }) => brightness,
    ...{ bound: 'most', standard: 230, strict: 210 },
    words: (value, limit) => `the face is too bright: ${value.toFixed(0)} of 255, above ${limit}`,
    next: 'take one with less light, or without flash',
  },
  {
    problem: 'flat',
    value: ({ contrast }) => contrast,
    ...{ bound: 'least', standard: 14, strict: 20 },
    words: (value, limit) => `the face has little contrast: ${value.toFixed(0)}, below ${limit}`,
    next: 'take one in clear light, with a clean lens',
  },
  {
    problem: 'clipped',
    value: ({ clipped }) => clipped,
    ...{ bound: 'most', standard: 0.3, strict: 0.15 },
    words: (value, limit) => `${share(value)} of the face is plain black or white, more than ${share(limit)}`,
    next: 'take one in softer light',
  },
  {
    problem: 'uneven_light',
    value: ({ unevenness }) => unevenness,
    ...{ bound: 'most', standard: 0.4, strict: 0.25 },
    words: (value, limit) =>
      `one side of the face is much darker: a difference of ${share(value)}, more than ${share(limit)}`,
    next: 'take one with light from the front',
  },
  {
    problem: 'eyes_covered',
    value: ({ eyeLight }) => eyeLight,
    ...{ bound: 'least', standard: null, strict: 0.4 },
    words: (value, limit) =>
      `the eyes may be covered: ${share(value)} as bright as the cheeks, less than ${share(limit)}`,
    next: 'take one without dark glasses',
  },
  {
    problem: 'mouth_covered',
    value: ({ mouthDetail }) => mouthDetail,
    ...{ bound: 'least', standard: null, strict: 0.15 },
    words: (value, limit) =>
      `the mouth may be covered: ${share(value)} of the contrast around the eyes, less than ${share(limit)}`,
    next: 'take one without a mask',
  },
];
