import { SemblanceError } from '../error.ts';

/** How alike a subject is: as their most similar face, or as the mean of their n most similar ones. */
export type SubjectScore = 'max' | { meanOfTop: number };

/** What an owner sets for a gallery: what is left out is as if nothing was set. */
export interface GallerySettings {
  description?: string;
  /** How faces are looked for in photos that are enrolled or recognized here. */
  detection?: {
    /** Pixels of the shorter side of a face's box. */
    minFace?: number;
    /** Least score of the detector, 0 to 1. */
    scoreThreshold?: number;
    /** Most faces of a photo. */
    maxFaces?: number;
  };
  /** Faces of lower quality are refused when they are enrolled and never recognized, 0 to 1. */
  minQuality?: number;
  /** The nearest subject must lead the next by this much, or the face is ambiguous. */
  margin?: number;
  /** Most subjects, with a face or without, and most faces. */
  capacity?: { subjects?: number; samples?: number };
  /** Days after which a subject is to be erased who has no time of their own; counted from when they were made. */
  retentionDays?: number;
  /** `max`, if not given. */
  score?: SubjectScore;
}

/** Settings to be changed; null takes one away, what is left out stays. */
export type SettingsChange = { [K in keyof GallerySettings]?: GallerySettings[K] | null };

const DAY_MS = 86_400_000;
const MOST_TOP = 100;

/** The settings with a change; @throws SemblanceError DATA_INVALID for a value that means nothing */
export function changedSettings(before: GallerySettings = {}, change: SettingsChange): GallerySettings {
  const entries = Object.entries({ ...before, ...change }).filter(([, value]) => value != null);
  const settings = Object.fromEntries(entries) as GallerySettings;
  const { detection = {}, capacity = {}, score } = settings;
  within('detection.minFace', detection.minFace, 0, 100_000);
  within('detection.scoreThreshold', detection.scoreThreshold, 0, 1);
  within('detection.maxFaces', detection.maxFaces, 1, 10_000, true);
  within('minQuality', settings.minQuality, 0, 1);
  within('margin', settings.margin, 0, 2);
  within('capacity.subjects', capacity.subjects, 1, Number.MAX_SAFE_INTEGER, true);
  within('capacity.samples', capacity.samples, 1, Number.MAX_SAFE_INTEGER, true);
  within('retentionDays', settings.retentionDays, 1 / 1440, 36_500);
  if (score !== undefined && score !== 'max') within('score.meanOfTop', score.meanOfTop, 1, MOST_TOP, true);
  return settings;
}

function within(name: string, value: number | undefined, least: number, most: number, isWhole = false): void {
  if (value === undefined) return;
  if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return;
  const what = isWhole ? 'a whole number' : 'a number';
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new SemblanceError('DATA_INVALID', `expected ${what} ${range} for ${name} but received ${value}`);
}

/** Subjects who were made by then are to be erased unless they have a time of their own; null where nothing is set. */
export const createdBy = ({ retentionDays }: GallerySettings, now: Date): string | null =>
  retentionDays === undefined ? null : new Date(now.getTime() - retentionDays * DAY_MS).toISOString();

/** When a subject is to be erased; null for never. */
export function expiryOf(
  { retentionDays }: GallerySettings,
  { expiresAt, createdAt }: { expiresAt: string | null; createdAt: string },
): string | null {
  if (expiresAt !== null || retentionDays === undefined) return expiresAt;
  return new Date(Date.parse(createdAt) + retentionDays * DAY_MS).toISOString();
}

/** How alike a subject is, by the similarities of all their faces, at least one. */
export function scoreOf(similarities: readonly number[], score: SubjectScore): number {
  const falling = similarities.toSorted((a, b) => b - a);
  const top = falling.slice(0, score === 'max' ? 1 : score.meanOfTop);
  return top.reduce((sum, one) => sum + one, 0) / top.length;
}

/** `max` or `mean_of_top_3`: how a similarity was found, as answers say it. */
export const scoreName = (score: SubjectScore = 'max'): string =>
  score === 'max' ? 'max' : `mean_of_top_${score.meanOfTop}`;

/** What {@link scoreName} gave, read again. @throws SemblanceError USAGE_INVALID_VALUE */
export function parseScore(text: string): SubjectScore {
  if (text === 'max') return 'max';
  const [, digits] = /^mean_of_top_(\d{1,3})$/.exec(text) ?? [];
  const meanOfTop = Number(digits);
  if (meanOfTop >= 1 && meanOfTop <= MOST_TOP) return { meanOfTop };
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `expected max or mean_of_top_3 (1 to ${MOST_TOP}) for the score but received ${text}`,
  );
}
