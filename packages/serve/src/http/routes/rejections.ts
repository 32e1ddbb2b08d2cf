import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { actorOf } from '../auth.ts';
import { galleryOf } from '../galleries.ts';
import { askerOf } from '../leased.ts';
import { ofChanges, ofGallery } from '../openapi/error-codes.ts';
import { readPicture } from '../pictures.ts';
import type { RouteGroup } from '../service.ts';
import { reject, takeBack } from './face-changes.ts';
import { count, detectQuery, givenCount, givenText } from './schemas.ts';
import { checkName } from './spelling.ts';

const base = '/api/v1/recognition/rejections';
const rejection = z.object({ id: count, subject: z.string(), created_at: z.string() }).meta({
  id: 'Rejection',
  description: 'It was said of a face that it is not this subject’s.',
  examples: [{ id: 3, subject: 'Ada', created_at: '2026-11-29T08:15:00.000Z' }],
});

/** What was said of faces that are not somebody's: said, listed, taken back. */
export const rejectionRoutes: RouteGroup = (app, service) => {
  const tags = ['rejections'];

  app.post(
    base,
    {
      config: {
        role: 'enrol',
        isInference: true,
        pictures: ['file'],
        codes: ['NO_FACE', 'TOO_MANY_FACES', 'GALLERY_SUBJECT_NOT_FOUND', ...ofChanges],
      },
      schema: {
        operationId: 'rejectSubject',
        summary:
          'Remembers that the one face of a picture is not a subject’s: faces more like it than like theirs are no match.',
        tags,
        querystring: detectQuery.extend({ subject: givenText(1, 200) }),
        response: { 201: z.object({ id: count, subject: z.string() }) },
      },
    },
    async (request, reply) => {
      const subject = checkName(service, request.query.subject);
      const bytes = await readPicture(request);
      const work = { ...askerOf(request, reply), actor: actorOf(request) };
      const id = await reject(service, subject, bytes, request.query, work);
      return reply.code(201).send({ id, subject });
    },
  );

  app.get(
    base,
    {
      config: { role: 'read', codes: ofGallery },
      schema: {
        operationId: 'listRejections',
        summary: 'Lists what was said, the oldest first.',
        tags,
        querystring: z.object({ subject: givenText().optional() }),
        response: { 200: z.object({ rejections: z.array(rejection) }) },
      },
    },
    async ({ query: { subject } }) => {
      const all = await galleryOf(service).thread.call('rejections', null);
      return {
        rejections: all
          .filter((one) => subject === undefined || one.subject === subject)
          .map(({ id, subject: name, createdAt }) => ({ id, subject: name, created_at: createdAt })),
      };
    },
  );

  app.delete(
    `${base}/:id`,
    {
      config: { role: 'enrol', codes: ['GALLERY_FACE_NOT_FOUND', ...ofChanges] },
      schema: {
        operationId: 'takeBackRejection',
        summary: 'Takes one back: it may be them after all.',
        tags,
        params: z.object({ id: givenCount(1) }),
        response: { 200: z.object({ id: count }) },
      },
    },
    async (request) => {
      const { id } = request.params;
      if (!(await takeBack(service, id, actorOf(request))))
        throw new SemblanceError('GALLERY_FACE_NOT_FOUND', `nothing was rejected as ${id}`);
      return { id };
    },
  );
};
