import { decide, type SearchHit } from '@semblance/face/pipeline';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { leased, signalOf } from '../leased.ts';
import { readPicture } from '../pictures.ts';
import type { RouteGroup } from '../service.ts';
import {
  boxOf,
  detectOptions,
  landmarksOf,
  limited,
  similarityOf,
  statusOf,
  UNKNOWN,
  wantsEmbedding,
} from './answers.ts';
import {
  box,
  detectQuery,
  executionTime,
  givenCount,
  givenNumber,
  landmarks,
  pluginVersions,
  subjectHit,
} from './schemas.ts';

const prediction_count = givenCount(1, 100)
  .prefault(1)
  .describe('Most subjects named for a face, each once, best first.');

const decision = {
  subjects: z.array(subjectHit),
  /** Cosine similarity from which a face counts as a subject. */
  threshold: z.number().nullable(),
  /** Why there is no subject. */
  reason: z.string().nullable(),
};

/** The subjects that reach the threshold; a stranger is `unknown`, with the similarity of the nearest. */
function subjectsOf(nearest: SearchHit[], match: SearchHit | null, threshold: number | null): SearchHit[] {
  const hit = ({ subject, similarity }: SearchHit) => ({ subject, similarity: similarityOf(similarity) });
  if (match === null) return [hit({ subject: UNKNOWN, similarity: nearest[0]?.similarity ?? -1 })];
  return nearest.filter(({ similarity }) => similarity >= (threshold ?? -1)).map(hit);
}

/** Who is in a picture, or whose an embedding is. */
export const recognitionRoutes: RouteGroup = (app, service) => {
  const face = z.object({
    box,
    landmarks,
    quality: z.number(),
    ...decision,
    embedding: z.array(z.number()).optional(),
    execution_time: executionTime.optional(),
  });

  app.post(
    '/api/v1/recognition/recognize',
    {
      config: { role: 'read', isInference: true, pictures: ['file'] },
      schema: {
        summary: 'Says who is in a picture.',
        tags: ['recognition'],
        querystring: detectQuery.extend({ prediction_count }),
        response: { 200: z.object({ result: z.array(face), plugins_versions: pluginVersions.optional() }) },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const bytes = await readPicture(request);
      return leased(service.deployments.fleet.acquire(), async (unit) => {
        const work = { signal: signalOf(reply), numCandidates: query.prediction_count };
        const { faces: found, timing } = await unit.recognize(bytes, detectOptions(service, query), work);
        const faces = limited(found, query);
        service.metrics.timing(timing);
        service.metrics.faces.inc(faces.length);
        const { perFace, perAnswer } = statusOf(query, unit, timing);
        const result = faces.map(({ candidates, match, threshold, reason, embedding, ...found }) => ({
          box: boxOf(found),
          landmarks: landmarksOf(found.landmarks),
          quality: found.quality.quality,
          subjects: subjectsOf(candidates, match, threshold),
          ...{ threshold, reason },
          ...(wantsEmbedding(query) ? { embedding: [...embedding] } : {}),
          ...perFace,
        }));
        return { result, ...perAnswer };
      });
    },
  );

  app.post(
    '/api/v1/recognition/embeddings/recognize',
    {
      config: { role: 'read', isInference: true },
      schema: {
        summary: 'Says whose embeddings these are.',
        tags: ['recognition'],
        querystring: z.object({ prediction_count }),
        body: z.object({ embeddings: z.array(z.array(givenNumber)).min(1).max(256) }),
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
            return { embedding, similarities: subjects, subjects, threshold, reason };
          }),
        };
      }),
  );
};

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
