import { type Box, boxArea, type Face } from '@semblance/face/geometry';
import type { DetectOptions } from '@semblance/face/models';
import type { Timing } from '@semblance/face/pipeline';
import { SemblanceError } from '../../error.ts';
import type { ServingUnit } from '../../fleet/unit.ts';
import type { Contract } from '../contracts.ts';
import type { Service } from '../service.ts';
import type { DetectQuery } from './schemas.ts';

/** What a stranger is called: no subject may have this name. */
export const UNKNOWN = 'unknown';

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Where a face is, in CompreFace's words, in pixels. */
const placeOf = ({ pixel }: Contract, { box, score, landmarks }: Face) => {
  const [x_min, y_min, x_max, y_max] = box.map(pixel) as Box;
  return {
    box: { probability: round(score, 5), x_min, y_min, x_max, y_max },
    landmarks: landmarks?.map((point) => point.map(pixel)) ?? [],
  };
};

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

/** What an answer says of every face: where it is, and its embedding where that was asked for. */
export const seen = (
  contract: Contract,
  query: DetectQuery,
  face: Face & { embedding?: Float32Array | null },
) => ({
  ...placeOf(contract, face),
  ...(face.embedding && wantsEmbedding(query) ? { embedding: [...face.embedding] } : {}),
});

/** What it says of the similarity with another one. */
export const compared = (similarity: number, threshold: number) => ({
  similarity: similarityOf(similarity),
  threshold,
  is_match: similarity >= threshold,
});

/** @throws SemblanceError NO_FACE where a picture without one is an error. */
export function requireFace({ needsFace }: Contract, faces: readonly unknown[]): void {
  if (needsFace && faces.length === 0) throw new SemblanceError('NO_FACE');
}

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
