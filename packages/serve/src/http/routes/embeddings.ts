import { dot } from '@semblance/core/vector';
import { decide } from '@semblance/face/pipeline';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { galleryOf } from '../galleries.ts';
import { leased } from '../leased.ts';
import { ofGallery } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { compared } from './answers.ts';
import { decision, prediction_count, strangersOf, subjectsOf } from './decisions.ts';
import { findFace, imageIdParams } from './image-ids.ts';
import { givenNumber, subjectHit } from './schemas.ts';

/** No network gives more; the schema looks at each number before the size of this one's is known. */
const MOST_NUMBERS = 2048;
const embedding = z.array(givenNumber).max(MOST_NUMBERS);
const embeddings = z.array(embedding).min(1).max(256);
/** 256 embeddings of 512 numbers with 17 digits are 2.7 MB. */
const MOST_BYTES = 4 * 2 ** 20;
const comparisons = z.object({
  result: z.array(
    z.object({
      embedding: z.array(z.number()),
      similarity: z.number(),
      threshold: z.number(),
      is_match: z.boolean(),
    }),
  ),
});

/** What is asked with embeddings in the place of pictures. */
export const embeddingRoutes: RouteGroup = (app, service) => {
  const bodyLimit = Math.min(MOST_BYTES, service.limits.maxBodyBytes);

  app.post(
    '/api/v1/recognition/embeddings/recognize',
    {
      bodyLimit,
      config: { role: 'read', isInference: true, codes: ofGallery },
      schema: {
        operationId: 'recognizeEmbeddings',
        summary: 'Says whose embeddings these are.',
        tags: ['recognition'],
        querystring: z.object({ prediction_count }),
        body: z.object({ embeddings }),
        response: {
          200: z.object({
            result: z.array(
              z.object({ embedding: z.array(z.number()), similarities: z.array(subjectHit), ...decision }),
            ),
          }),
        },
      },
    },
    async (request) =>
      leased(service.deployments.fleet.acquire(), async (unit) => {
        const { embeddingSize } = unit.recognizer;
        const unitVectors = request.body.embeddings.map((values) => toUnitVector(values, embeddingSize));
        const hits = await unit.search(unitVectors, request.query.prediction_count);
        return {
          result: request.body.embeddings.map((embedding, i) => {
            const nearest = hits[i]!;
            const { match, reason, threshold } = decide(unit.gallery && nearest, 1, unit.thresholdSources);
            const subjects = subjectsOf(nearest, match, threshold);
            const strangers = strangersOf(nearest);
            return { embedding, similarities: subjects, subjects, threshold, reason, strangers };
          }),
        };
      }),
  );

  app.post(
    '/api/v1/recognition/embeddings/faces/:image_id/verify',
    {
      bodyLimit,
      config: { role: 'read', isInference: true, codes: ['GALLERY_FACE_NOT_FOUND', ...ofGallery] },
      schema: {
        operationId: 'verifyEmbeddingsWithFace',
        summary: 'Compares embeddings with that of an enrolled face, the most alike first.',
        tags: ['recognition'],
        params: imageIdParams,
        body: z.object({ embeddings }),
        response: { 200: comparisons },
      },
    },
    async ({ params: { image_id }, body }) =>
      leased(service.deployments.fleet.acquirePrimary(), async ({ threshold }) => {
        const enrolled = await findFace(galleryOf(service), image_id);
        return compare(enrolled.embedding, body.embeddings, threshold);
      }),
  );

  app.post(
    '/api/v1/verification/embeddings/verify',
    {
      bodyLimit,
      config: { role: 'read', isInference: true },
      schema: {
        operationId: 'verifyEmbeddings',
        summary: 'Compares one embedding with others, the most alike first.',
        tags: ['verification'],
        body: z.object({ source: embedding, targets: embeddings }),
        response: { 200: comparisons },
      },
    },
    async ({ body: { source, targets } }) =>
      leased(service.deployments.fleet.acquire(), async ({ recognizer, threshold }) =>
        compare(toUnitVector(source, recognizer.embeddingSize), targets, threshold),
      ),
  );
};

function compare(source: Float32Array, targets: readonly number[][], threshold: number) {
  const result = targets.map((embedding) => {
    const similarity = dot(source, toUnitVector(embedding, source.length));
    return { embedding, ...compared(similarity, threshold) };
  });
  return { result: result.sort((a, b) => b.similarity - a.similarity) };
}

function toUnitVector(values: readonly number[], size: number): Float32Array {
  if (values.length !== size) {
    throw new SemblanceError('REQUEST_INVALID', `expected ${size} numbers but received ${values.length}`);
  }
  const length = Math.hypot(...values);
  if (!(length > 0) || !Number.isFinite(length)) {
    throw new SemblanceError('REQUEST_INVALID', 'the embedding is all zeros');
  }
  return Float32Array.from(values, (value) => value / length);
}
