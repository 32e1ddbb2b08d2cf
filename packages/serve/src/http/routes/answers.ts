import { type Box, boxArea, type Landmarks } from '@semblance/face/geometry';
import type { DetectOptions } from '@semblance/face/models';
import type { Timing } from '@semblance/face/pipeline';
import type { ServingUnit } from '../../fleet/unit.ts';
import type { Service } from '../service.ts';
import type { DetectQuery } from './schemas.ts';

/** What a stranger is called: no subject may have this name. */
export const UNKNOWN = 'unknown';

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** A box in CompreFace's words, in pixels. */
export const boxOf = ({ box: [x1, y1, x2, y2], score }: { box: Box; score: number }) => ({
  probability: round(score, 5),
  x_min: round(x1, 1),
  y_min: round(y1, 1),
  x_max: round(x2, 1),
  y_max: round(y2, 1),
});

export const landmarksOf = (landmarks: Landmarks | null) =>
  landmarks?.map((point) => point.map((value) => round(value, 1))) ?? [];

export const similarityOf = (value: number): number => round(value, 5);

/** What a request says of the faces it wants, over what the service does by itself. */
export function detectOptions(service: Service, query: DetectQuery): DetectOptions {
  return {
    ...service.detect,
    ...(query.det_prob_threshold === undefined ? {} : { scoreThreshold: query.det_prob_threshold }),
  };
}

/** As many faces as a request wants, all where it does not say; the biggest first. */
export function biggest<T extends { box: Box }>(faces: readonly T[], { limit }: DetectQuery): readonly T[] {
  const sorted = faces.toSorted((a, b) => boxArea(b.box) - boxArea(a.box));
  return limit > 0 ? sorted.slice(0, limit) : sorted;
}

/** Whether the embedding was asked for. */
export const wantsEmbedding = ({ face_plugins }: DetectQuery): boolean =>
  face_plugins.split(',').some((name) => name.trim() === 'calculator');

/** What `status=true` adds to each face and to the answer. */
export function statusOf(query: DetectQuery, unit: ServingUnit, timing: Timing) {
  if (!query.status) return { perFace: {}, perAnswer: {} };
  const execution_time = {
    decode: round(timing.decodeMs, 2),
    detector: round(timing.detectMs, 2),
    calculator: round(timing.embedMs, 2),
    search: round(timing.searchMs, 2),
  };
  const plugins_versions = { detector: unit.detector.id, calculator: unit.recognizer.id };
  return { perFace: { execution_time }, perAnswer: { plugins_versions } };
}
