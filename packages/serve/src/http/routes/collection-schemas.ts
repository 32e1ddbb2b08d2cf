import { z } from 'zod';
import { DEFAULT_COLLECTION } from '../../collections/collections.ts';
import { count, givenCount, givenNumber, givenText } from './schemas.ts';

/** Parts of schemas that the routes of collections share. */

export const collectionsBase = '/api/v2/collections';
export const collectionBase = `${collectionsBase}/:collection`;

export const collectionName = givenText(1, 80).describe(
  `Its name; \`${DEFAULT_COLLECTION}\` is what is deployed.`,
);
export const inCollection = z.object({ collection: collectionName });
export const ofSubject = inCollection.extend({ subject: givenText(1, 200) });
export const ofSample = inCollection.extend({ sample: givenCount() });

const score = z
  .union([z.literal('max'), z.object({ mean_of_top: z.int() })])
  .describe(
    'How alike a subject is: as their most similar sample, or as the mean of their n most similar ones.',
  );

const detection = z
  .object({
    min_face: z.number().optional().describe('Pixels of the shorter side of a face.'),
    score_threshold: z.number().optional().describe('Least score of the detector, 0 to 1.'),
    max_faces: z.int().optional().describe('Most faces of a picture.'),
  })
  .describe('How faces are looked for.');
const capacity = z
  .object({ subjects: z.int().optional(), samples: z.int().optional() })
  .describe('Most subjects and samples; beyond it enrolling is `GALLERY_FULL`.');

/** What is set for a collection; null takes it away. */
export const settingsBody = z.object({
  description: givenText(0, 500).nullish(),
  threshold: givenNumber
    .nullish()
    .describe(
      'Cosine similarity from which a face counts as a subject; null: found by the people who are enrolled.',
    ),
  detection: detection.nullish(),
  min_quality: givenNumber
    .nullish()
    .describe('Least quality of a face that is enrolled or recognized, 0 to 1.'),
  margin: givenNumber.nullish().describe('By how much the nearest subject must lead the next.'),
  capacity: capacity.nullish(),
  retention_days: givenNumber
    .nullish()
    .describe('Days after which a subject is erased who has no time of their own.'),
  score: score.nullish(),
});

export const collectionJson = z
  .object({
    name: z.string(),
    description: z.string().nullable(),
    model: z.string().describe('The recognizer whose embeddings it holds.'),
    is_deployed: z
      .boolean()
      .describe('Whether that recognizer serves: without it nobody is searched or enrolled here.'),
    embedding_size: count,
    threshold: z.number(),
    threshold_basis: z.string().describe('How the threshold was found.'),
    detection: detection.nullable(),
    min_quality: z.number().nullable(),
    margin: z.number().nullable(),
    capacity: capacity.nullable(),
    retention_days: z.number().nullable(),
    score,
    subjects: count.describe('With a sample or without.'),
    samples: count,
    created_at: z.string(),
  })
  .meta({
    id: 'Collection',
    description: 'People who are searched together, and how.',
    examples: [
      {
        ...{ name: 'front-door', description: 'Everybody with a key.', model: 'mobilefacenet-3f2a9c51d0be' },
        ...{ is_deployed: true, embedding_size: 512, threshold: 0.42 },
        threshold_basis: 'FPIR 1 % by the recognizer’s curve at 180 faces',
        ...{ detection: { min_face: 40 }, min_quality: null, margin: null },
        ...{ capacity: { subjects: 500 }, retention_days: 365, score: 'max' },
        ...{ subjects: 60, samples: 180, created_at: '2026-11-29T08:15:00.000Z' },
      },
    ],
  });

const metadata = z.record(z.string(), z.unknown()).describe('Any JSON object of at most 16 KiB.');
const consent = z.object({
  basis: z.string().describe('By what right they are known, in your own words.'),
  given_at: z.string().describe('ISO 8601.'),
  by: z.string().nullable().optional().describe('Who gave it, or took it down.'),
});

/** What is said of a subject; null takes it away. */
export const profileBody = z.object({
  external_id: givenText(1, 200)
    .nullish()
    .describe('What another system calls them; nobody else here has it.'),
  metadata: metadata.nullish(),
  consent: consent.nullish(),
  expires_at: z
    .string()
    .nullish()
    .describe('When they are to be erased, ISO 8601; else the retention decides.'),
});

export const subjectJson = z
  .object({
    subject: z.string(),
    external_id: z.string().nullable(),
    metadata: metadata.nullable(),
    consent: consent.nullable(),
    expires_at: z
      .string()
      .nullable()
      .describe('When they are erased, by their own time or by the retention.'),
    created_at: z.string(),
    samples: count,
  })
  .meta({
    id: 'Subject',
    description: 'Somebody a collection knows.',
    examples: [
      {
        ...{ subject: 'Ada', external_id: 'E-1815', metadata: { floor: 3 } },
        consent: { basis: 'contract', given_at: '2026-11-29T00:00:00.000Z', by: 'HR' },
        ...{ expires_at: '2027-11-29T08:15:00.000Z', created_at: '2026-11-29T08:15:00.000Z', samples: 2 },
      },
    ],
  });

export const sampleJson = z
  .object({
    id: count,
    subject: z.string(),
    quality: z.number().nullable().describe('0 to 1.'),
    source: z.string().nullable().describe('The name of the photo.'),
    source_hash: z.string().nullable().describe('SHA-256 of the photo’s bytes.'),
    model: z.string().describe('The recognizer that embedded it.'),
    metadata: metadata.nullable(),
    created_at: z.string(),
  })
  .meta({
    id: 'Sample',
    description: 'A face that a subject is known by.',
    examples: [
      {
        ...{ id: 42, subject: 'Ada', quality: 0.91, source: 'ada.jpg' },
        source_hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        ...{ model: 'mobilefacenet-3f2a9c51d0be', metadata: null, created_at: '2026-11-29T08:15:00.000Z' },
      },
    ],
  });

export type SettingsBody = z.output<typeof settingsBody>;
export type ProfileBody = z.output<typeof profileBody>;
