import { dot } from '@semblance/core/vector';
import { chooseSubject } from '@semblance/face/pipeline';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { askerOf, leased } from '../leased.ts';
import { readPictures } from '../pictures.ts';
import type { RouteGroup } from '../service.ts';
import { biggest, compared, detectOptions, seen, statusOf } from './answers.ts';
import { comparedFace, detectQuery, pluginVersions, seenFace } from './schemas.ts';

const pair = z.object({
  source_image_face: z.object(seenFace),
  face_matches: z.array(z.object(comparedFace)),
  plugins_versions: pluginVersions.optional(),
});

/** Whether two pictures show one person. */
export const verificationRoutes: RouteGroup = (app, service) => {
  app.post(
    '/api/v1/verification/verify',
    {
      config: {
        role: 'read',
        isInference: true,
        pictures: ['source_image', 'target_image'],
        codes: ['NO_FACE', 'TOO_MANY_FACES'],
      },
      schema: {
        operationId: 'verifyFaces',
        summary: 'Compares the face of one picture with all faces of another.',
        tags: ['verification'],
        querystring: detectQuery,
        response: {
          200: z.object({
            result: z.array(pair),
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
        const work = askerOf(request, reply);
        const [source, target] = await Promise.all([
          unit.embed(pictures.source_image!, options, work),
          unit.embed(pictures.target_image!, options, work),
        ]);
        const { contract } = service;
        const sources = biggest(source.faces, query);
        if (contract.needsOneSource && sources.length > 1) {
          throw new SemblanceError(
            'TOO_MANY_FACES',
            `source_image shows ${sources.length} faces; send one face`,
          );
        }
        const own = chooseSubject(sources, source.width, source.height);
        if (own === null) throw new SemblanceError('NO_FACE', 'no face was found in source_image');
        if (target.faces.length === 0) {
          throw new SemblanceError('NO_FACE', 'no face was found in target_image');
        }
        const { perFace, perAnswer } = statusOf(query, unit, target.timing);
        const face_matches = biggest(target.faces, query).map((other) => ({
          ...seen(contract, query, other),
          ...compared(dot(own.embedding, other.embedding), unit.threshold),
          ...perFace,
        }));
        if (contract.matchesBy === 'similarity') face_matches.sort((a, b) => b.similarity - a.similarity);
        const source_image_face = { ...seen(contract, query, own), ...perFace };
        return { result: [{ source_image_face, face_matches, ...perAnswer }], ...perAnswer };
      });
    },
  );
};
