import { dot } from '@semblance/core/vector';
import { chooseSubject } from '@semblance/face/pipeline';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { leased, signalOf } from '../leased.ts';
import { readPictures } from '../pictures.ts';
import type { RouteGroup } from '../service.ts';
import { biggest, boxOf, detectOptions, landmarksOf, similarityOf, statusOf } from './answers.ts';
import { box, detectQuery, landmarks, pluginVersions } from './schemas.ts';

const face = z.object({ box, landmarks });
const match = z.object({
  ...{ box, landmarks, similarity: z.number(), threshold: z.number() },
  is_match: z.boolean(),
});

/** Whether two pictures show one person. */
export const verificationRoutes: RouteGroup = (app, service) => {
  app.post(
    '/api/v1/verification/verify',
    {
      config: { role: 'read', isInference: true, pictures: ['source_image', 'target_image'] },
      schema: {
        summary: 'Compares the face of one picture with all faces of another.',
        tags: ['verification'],
        querystring: detectQuery,
        response: {
          200: z.object({
            result: z.array(z.object({ source_image_face: face, face_matches: z.array(match) })),
            plugins_versions: pluginVersions.optional(),
          }),
        },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const pictures = await readPictures(request, ['source_image', 'target_image']);
      return leased(service.deployments.fleet.acquire(), async (unit) => {
        const options = detectOptions(service, query);
        const work = { signal: signalOf(reply) };
        const [source, target] = await Promise.all([
          unit.embed(pictures.source_image!, options, work),
          unit.embed(pictures.target_image!, options, work),
        ]);
        const own = chooseSubject(biggest(source.faces, query), source.width, source.height);
        if (own === null) throw new SemblanceError('NO_FACE', 'no face was found in source_image');
        if (target.faces.length === 0) {
          throw new SemblanceError('NO_FACE', 'no face was found in target_image');
        }
        const { threshold } = unit;
        const face_matches = biggest(target.faces, query)
          .map((other) => ({ other, similarity: dot(own.embedding, other.embedding) }))
          .sort((a, b) => b.similarity - a.similarity)
          .map(({ other, similarity }) => ({
            box: boxOf(other),
            landmarks: landmarksOf(other.landmarks),
            ...{ similarity: similarityOf(similarity), threshold, is_match: similarity >= threshold },
          }));
        const source_image_face = { box: boxOf(own), landmarks: landmarksOf(own.landmarks) };
        const { perAnswer } = statusOf(query, unit, target.timing);
        return { result: [{ source_image_face, face_matches }], ...perAnswer };
      });
    },
  );
};
