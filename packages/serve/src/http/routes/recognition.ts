import { z } from 'zod';
import { askerOf, leased } from '../leased.ts';
import { ofGallery } from '../openapi/error-codes.ts';
import { readPicture } from '../pictures.ts';
import { keepUnknown } from '../review/keep-unknown.ts';
import type { RouteGroup } from '../service.ts';
import { biggest, detectOptions, requireFace, seen, statusOf } from './answers.ts';
import { decision, prediction_count, strangersOf, subjectsOf } from './decisions.ts';
import { detectQuery, givenFlag, pluginVersions, seenFace } from './schemas.ts';

const detect_faces = givenFlag
  .prefault(true)
  .describe('false: nothing is looked for, the picture is one face that was cut out and aligned before.');

const face = z.object({ ...seenFace, quality: z.number().describe('0 to 1.'), ...decision }).meta({
  id: 'RecognizedFace',
  description: 'A face, and whose it is.',
  examples: [
    {
      box: { probability: 0.99871, x_min: 548, y_min: 295, x_max: 1420, y_max: 1368 },
      landmarks: [
        [812, 701],
        [1190, 688],
        [1004, 930],
        [836, 1095],
        [1175, 1082],
      ],
      quality: 0.91,
      subjects: [{ subject: 'Ada', similarity: 0.83127 }],
      ...{ threshold: 0.42, reason: null, strangers: 2.3e-7 },
    },
  ],
});

/** Who is in a picture. */
export const recognitionRoutes: RouteGroup = (app, service) => {
  app.post(
    '/api/v1/recognition/recognize',
    {
      config: { role: 'read', isInference: true, pictures: ['file'], codes: ['NO_FACE', ...ofGallery] },
      schema: {
        operationId: 'recognizeFaces',
        summary: 'Says who is in a picture.',
        tags: ['recognition'],
        querystring: detectQuery.extend({ prediction_count, detect_faces }),
        response: { 200: z.object({ result: z.array(face), plugins_versions: pluginVersions.optional() }) },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const bytes = await readPicture(request);
      return leased(service.deployments.fleet.acquire(), async (unit) => {
        const work = { ...askerOf(request, reply), numCandidates: query.prediction_count };
        const plan = {
          ...detectOptions(service, query),
          faces: query.detect_faces ? 'all' : 'whole',
        } as const;
        const { faces: found, timing } = await unit.recognize(bytes, plan, work);
        const faces = biggest(found, query);
        service.metrics.timing(timing);
        service.metrics.faces.inc(faces.length);
        keepUnknown(service, unit, faces);
        requireFace(service.contract, faces);
        const { perFace, perAnswer } = statusOf(query, unit, timing);
        const result = faces.map(({ candidates, match, threshold, reason, ...found }) => ({
          ...seen(service.contract, query, found),
          quality: found.quality.quality,
          subjects: subjectsOf(candidates, match, threshold),
          ...{ threshold, reason, strangers: strangersOf(candidates) },
          ...perFace,
        }));
        return { result, ...perAnswer };
      });
    },
  );
};
