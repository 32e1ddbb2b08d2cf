import { chooseSubject, DEFAULT_THRESHOLD } from '@semblance/face/pipeline';
import { SemblanceError } from '../../error.ts';
import { leased, signalOf } from '../leased.ts';
import { readPictures } from '../pictures.ts';
import type { RouteGroup } from '../service.ts';
import { boxOf, detectOptions, landmarksOf, similarityOf, statusOf } from './answers.ts';
import { cosine } from './faces.ts';
import {
  box,
  type DetectQuery,
  detectQuery,
  flag,
  landmarks,
  list,
  number,
  object,
  pluginVersions,
} from './schemas.ts';

const face = object({ box, landmarks });
const match = object({ box, landmarks, similarity: number, threshold: number, is_match: flag });

/** Whether two pictures show one person. */
export const verificationRoutes: RouteGroup = (app, service) => {
  app.post<{ Querystring: DetectQuery }>(
    '/api/v1/verification/verify',
    {
      config: { role: 'read', isInference: true, pictures: ['source_image', 'target_image'] },
      schema: {
        summary: 'Compares the face of one picture with all faces of another.',
        tags: ['verification'],
        querystring: object(detectQuery, []),
        response: {
          200: object(
            {
              result: list(object({ source_image_face: face, face_matches: list(match) })),
              plugins_versions: pluginVersions,
            },
            ['result'],
          ),
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
        const own = chooseSubject(source.faces, source.width, source.height);
        if (own === null) throw new SemblanceError('NO_FACE', 'no face was found in source_image');
        if (target.faces.length === 0) {
          throw new SemblanceError('NO_FACE', 'no face was found in target_image');
        }
        // the gallery's threshold is for the best of many people; the model's own, where it has one, is for pairs
        const threshold = unit.recognizer.threshold?.value ?? unit.gallery?.threshold ?? DEFAULT_THRESHOLD;
        const face_matches = target.faces
          .map((other) => ({ other, similarity: cosine(own.embedding, other.embedding) }))
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
