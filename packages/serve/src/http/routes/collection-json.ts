import {
  expiryOf,
  type GalleryMeta,
  type GallerySettings,
  type ProfileChange,
  type SettingsChange,
  type StoredSubject,
  type SubjectScore,
} from '@semblance/face/gallery';
import type { Sample } from '../../fleet/workers/roles/gallery-profiles.ts';
import type { ProfileBody, SettingsBody } from './collection-schemas.ts';

/** What collections hold, between the words of the API and ours. Null takes away, and what is left out stays, on both sides. */

/** An object without what is undefined; null where there is none. */
function given<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}

export function settingsOf(body: SettingsBody): SettingsChange {
  const { detection, capacity, score } = body;
  return given({
    description: body.description,
    detection:
      detection &&
      given({
        minFace: detection.min_face,
        scoreThreshold: detection.score_threshold,
        maxFaces: detection.max_faces,
      }),
    minQuality: body.min_quality,
    margin: body.margin,
    capacity: capacity && given({ ...capacity }),
    retentionDays: body.retention_days,
    score: score && (score === 'max' ? score : { meanOfTop: score.mean_of_top }),
  }) as SettingsChange;
}

const scoreJson = (score: SubjectScore = 'max') =>
  score === 'max' ? score : { mean_of_top: score.meanOfTop };

export const settingsJson = (settings: GallerySettings) => ({
  description: settings.description ?? null,
  detection: settings.detection
    ? given({
        min_face: settings.detection.minFace,
        score_threshold: settings.detection.scoreThreshold,
        max_faces: settings.detection.maxFaces,
      })
    : null,
  min_quality: settings.minQuality ?? null,
  margin: settings.margin ?? null,
  capacity: settings.capacity ?? null,
  retention_days: settings.retentionDays ?? null,
  score: scoreJson(settings.score),
});

export function metaJson(meta: GalleryMeta) {
  return {
    model: meta.modelId,
    embedding_size: meta.embeddingSize,
    threshold: meta.threshold,
    threshold_basis: meta.thresholdBasis,
    created_at: meta.createdAt,
    ...settingsJson(meta.settings ?? {}),
  };
}

export function profileOf({ external_id, metadata, consent, expires_at }: ProfileBody): ProfileChange {
  return given({
    externalId: external_id,
    metadata,
    consent: consent && { basis: consent.basis, givenAt: consent.given_at, by: consent.by ?? null },
    expiresAt: expires_at,
  }) as ProfileChange;
}

export const subjectJsonOf = (settings: GallerySettings, subject: StoredSubject) => ({
  subject: subject.name,
  external_id: subject.externalId,
  metadata: subject.metadata,
  consent: subject.consent && {
    basis: subject.consent.basis,
    given_at: subject.consent.givenAt,
    by: subject.consent.by,
  },
  expires_at: expiryOf(settings, subject),
  created_at: subject.createdAt,
  samples: subject.numFaces,
});

export const sampleJsonOf = (model: string, sample: Sample) => ({
  ...{ id: sample.id, subject: sample.subject, quality: sample.quality, source: sample.source, model },
  ...{ source_hash: sample.contentHash, metadata: sample.metadata, created_at: sample.createdAt },
});
