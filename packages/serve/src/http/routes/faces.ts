import { dot } from '@semblance/core/vector';
import { checkModes } from '@semblance/face/doctor';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { actorOf, requireRole } from '../auth.ts';
import { faceIdOf } from '../contracts.ts';
import { galleryOf } from '../galleries.ts';
import { askerOf, leased } from '../leased.ts';
import { ofChanges, ofGallery } from '../openapi/error-codes.ts';
import { readPicture } from '../pictures.ts';
import type { RouteGroup } from '../service.ts';
import { biggest, compared, detectOptions, seen, statusOf } from './answers.ts';
import { enrol, remove, removeAll, removeOf, storedJson } from './face-changes.ts';
import { findFace, imageIdParams, noFace } from './image-ids.ts';
import {
  comparedFace,
  count,
  detectQuery,
  givenCount,
  givenText,
  pluginVersions,
  storedFace,
} from './schemas.ts';
import { checkName } from './spelling.ts';

const base = '/api/v1/recognition/faces';
const tags = ['faces'];
const ofEnrolling = ['NO_FACE', 'TOO_MANY_FACES', 'FACE_LOW_QUALITY', ...ofChanges] as const;

/** The faces of a gallery: enrolled, listed, compared, removed. */
export const faceRoutes: RouteGroup = (app, service) => {
  app.post(
    base,
    {
      config: { role: 'enrol', isInference: true, pictures: ['file'], codes: ofEnrolling },
      schema: {
        operationId: 'addFaceExample',
        summary: 'Enrols the one face of a picture.',
        tags,
        querystring: detectQuery.extend({
          subject: givenText(1, 200),
          check: z
            .enum(checkModes)
            .prefault('off')
            .describe(
              'How strictly the picture is judged: small, turned, blurred, badly lit ones are refused.',
            ),
        }),
        response: { 201: storedFace },
      },
    },
    async (request, reply) => {
      const subject = checkName(service, request.query.subject);
      const bytes = await readPicture(request);
      const { check } = request.query;
      const work = { ...askerOf(request, reply), actor: actorOf(request), check };
      const id = await enrol(service, subject, bytes, request.query, work);
      return reply.code(201).send({ image_id: service.contract.imageId(id), subject });
    },
  );

  app.get(
    base,
    {
      config: { role: 'read', codes: ofGallery },
      schema: {
        operationId: 'listFaces',
        summary: 'Lists faces, page by page.',
        tags,
        querystring: z.object({
          page: givenCount().prefault(0),
          size: givenCount(1, 2000).prefault(20),
          subject: givenText().optional(),
        }),
        response: {
          200: z.object({
            faces: z.array(storedFace),
            page_number: count,
            page_size: count,
            total_pages: count,
            total_elements: count,
          }),
        },
      },
    },
    async ({ query: { page, size, subject = null } }) => {
      const { faces, total } = await galleryOf(service).thread.call('faces', { page, size, subject });
      return {
        faces: faces.map((face) => storedJson(service, face)),
        page_number: page,
        page_size: size,
        total_pages: Math.ceil(total / size),
        total_elements: total,
      };
    },
  );

  app.post(
    `${base}/delete`,
    {
      config: { role: 'enrol', codes: ofChanges },
      schema: {
        operationId: 'deleteFaces',
        summary: 'Removes faces; ids that are not there are passed over.',
        tags,
        body: z.array(givenText()).max(10_000),
        response: { 200: z.array(storedFace) },
      },
    },
    async (request) => remove(service, request.body, actorOf(request)),
  );

  app.delete(
    `${base}/:image_id`,
    {
      config: { role: 'enrol', codes: ['GALLERY_FACE_NOT_FOUND', ...ofChanges] },
      schema: {
        operationId: 'deleteFace',
        summary: 'Removes a face.',
        tags,
        params: imageIdParams,
        response: { 200: storedFace },
      },
    },
    async (request) => {
      const { image_id } = request.params;
      const [removed] = await remove(service, [image_id], actorOf(request));
      if (!removed) throw noFace(image_id);
      return removed;
    },
  );

  app.delete(
    base,
    {
      config: { role: 'enrol', codes: ['GALLERY_SUBJECT_NOT_FOUND', ...ofChanges] },
      schema: {
        operationId: 'deleteFacesOfSubject',
        summary: 'Removes a subject with all faces; everybody where none is named, with an admin key.',
        tags,
        querystring: z.object({ subject: givenText(1).optional() }),
        response: { 200: z.object({ deleted: count }) },
      },
    },
    async (request) => {
      const { subject } = request.query;
      if (subject === undefined) {
        // a program that lost the name it meant must not erase everybody
        if (new URLSearchParams(request.url.split('?')[1]).has('subject')) {
          throw new SemblanceError(
            'REQUEST_INVALID',
            'the subject is empty; leave it out to remove everybody',
          );
        }
        requireRole(request.key!, 'admin');
      }
      const actor = actorOf(request);
      if (subject === undefined) return { deleted: (await removeAll(service, actor)).faces };
      return { deleted: await removeOf(service, subject, actor) };
    },
  );

  app.get(
    `${base}/:image_id/img`,
    {
      config: { role: 'read', answers: 'image/jpeg', codes: ['GALLERY_FACE_NOT_FOUND', ...ofGallery] },
      schema: {
        operationId: 'getFaceImage',
        summary: 'The aligned face that was enrolled, as JPEG.',
        tags,
        params: imageIdParams,
      },
    },
    async ({ params: { image_id } }, reply) => {
      const crop = await galleryOf(service).thread.call('crop', faceIdOf(image_id));
      if (crop === null && !service.contract.missingIsNothing) throw noFace(image_id);
      return reply.type('image/jpeg').send(Buffer.from(crop ?? []));
    },
  );

  app.post(
    `${base}/:image_id/verify`,
    {
      config: {
        role: 'read',
        isInference: true,
        pictures: ['file'],
        codes: ['NO_FACE', 'GALLERY_FACE_NOT_FOUND', ...ofGallery],
      },
      schema: {
        operationId: 'verifyWithFace',
        summary: 'Compares the faces of a picture with an enrolled one.',
        tags,
        params: imageIdParams,
        querystring: detectQuery,
        response: {
          200: z.object({
            result: z.array(z.object({ ...comparedFace, subject: z.string() })),
            plugins_versions: pluginVersions.optional(),
          }),
        },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const bytes = await readPicture(request);
      return leased(service.deployments.fleet.acquirePrimary(), async (unit) => {
        const enrolled = await findFace(galleryOf(service), request.params.image_id);
        const options = detectOptions(service, query);
        const { faces, timing } = await unit.embed(bytes, options, askerOf(request, reply));
        if (faces.length === 0) throw new SemblanceError('NO_FACE');
        const { perFace, perAnswer } = statusOf(query, unit, timing);
        const result = biggest(faces, query).map((face) => ({
          ...seen(service.contract, query, face),
          subject: enrolled.subject,
          ...compared(dot(face.embedding, enrolled.embedding), unit.threshold),
          ...perFace,
        }));
        return { result, ...perAnswer };
      });
    },
  );
};
