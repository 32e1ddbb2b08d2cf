import { z } from 'zod';
import { askerOf, leased } from '../leased.ts';
import { readPicture } from '../pictures.ts';
import type { RouteGroup } from '../service.ts';
import { biggest, detectOptions, requireFace, seen, statusOf, wantsEmbedding } from './answers.ts';
import { detectQuery, pluginVersions, seenFace } from './schemas.ts';

const face = z
  .object({
    ...seenFace,
    quality: z.number().nullable().describe('0 to 1; null where no embedding was asked for.'),
  })
  .meta({ id: 'DetectedFace' });

/** Where faces are in a picture, and their embeddings where they are asked for. */
export const detectionRoutes: RouteGroup = (app, service) => {
  app.post(
    '/api/v1/detection/detect',
    {
      config: { role: 'read', isInference: true, pictures: ['file'], codes: ['NO_FACE'] },
      schema: {
        operationId: 'detectFaces',
        summary: 'Finds the faces of a picture; with face_plugins=calculator their embeddings too.',
        tags: ['detection'],
        querystring: detectQuery,
        response: { 200: z.object({ result: z.array(face), plugins_versions: pluginVersions.optional() }) },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const bytes = await readPicture(request);
      return leased(service.deployments.fleet.acquire(), async (unit) => {
        const options = detectOptions(service, query);
        const work = askerOf(request, reply);
        const { faces, timing } = wantsEmbedding(query)
          ? await unit.embed(bytes, options, work)
          : await unit.detect(bytes, options, work).then(({ decodeMs, detectMs, ...found }) => ({
              faces: found.faces.map((face) => ({ ...face, embedding: null })),
              timing: { decodeMs, detectMs, embedMs: 0, searchMs: 0 },
            }));
        service.metrics.timing(timing);
        service.metrics.faces.inc(faces.length);
        requireFace(service.contract, faces);
        const { perFace, perAnswer } = statusOf(query, unit, timing);
        const result = biggest<(typeof faces)[number]>(faces, query).map((found) => ({
          ...seen(service.contract, query, found),
          quality: found.quality?.quality ?? null,
          ...perFace,
        }));
        return { result, ...perAnswer };
      });
    },
  );
};
