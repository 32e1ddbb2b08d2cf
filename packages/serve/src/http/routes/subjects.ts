import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { everyGallery, galleryOf } from '../galleries.ts';
import type { RouteGroup } from '../service.ts';
import { UNKNOWN } from './answers.ts';
import { count, givenText } from './schemas.ts';

const name = givenText(1, 200);

/** A name that can be told from what strangers are called. */
export function checkName(subject: string): string {
  if (subject.trim() === '' || subject === UNKNOWN) {
    throw new SemblanceError(
      'REQUEST_INVALID',
      `a subject needs a name other than '${UNKNOWN}', which stands for strangers`,
    );
  }
  return subject;
}

/** The people a gallery knows. */
export const subjectRoutes: RouteGroup = (app, service) => {
  const base = '/api/v1/recognition/subjects';
  const tags = ['subjects'];
  const params = z.object({ subject: name });

  app.get(
    base,
    {
      config: { role: 'read' },
      schema: {
        summary: 'Names everybody.',
        tags,
        response: { 200: z.object({ subjects: z.array(z.string()) }) },
      },
    },
    async () => ({ subjects: await galleryOf(service).thread.call('subjects', null) }),
  );

  app.post(
    base,
    {
      config: { role: 'enrol' },
      schema: {
        summary: 'Names a subject; a face can be enrolled without this.',
        tags,
        body: z.object({ subject: name }),
        response: { 201: z.object({ subject: z.string() }) },
      },
    },
    async (request, reply) => {
      const subject = checkName(request.body.subject);
      await everyGallery(service, ({ gallery }) => gallery.thread.call('addSubject', subject));
      return reply.code(201).send({ subject });
    },
  );

  app.put(
    `${base}/:subject`,
    {
      config: { role: 'enrol' },
      schema: {
        summary: 'Renames a subject; where the name is taken the two become one.',
        tags,
        params,
        body: z.object({ subject: name }),
        response: { 200: z.object({ updated: z.boolean() }) },
      },
    },
    async (request) => {
      const names = { from: request.params.subject, to: checkName(request.body.subject) };
      await everyGallery(service, ({ gallery }) => gallery.thread.call('rename', names));
      return { updated: true };
    },
  );

  app.delete(
    `${base}/:subject`,
    {
      config: { role: 'enrol' },
      schema: {
        summary: 'Removes a subject with all faces.',
        tags,
        params,
        response: { 200: z.object({ subject: z.string() }) },
      },
    },
    async ({ params: { subject } }) => {
      await everyGallery(service, ({ gallery }) => gallery.thread.call('removeSubject', subject));
      return { subject };
    },
  );

  app.delete(
    base,
    {
      config: { role: 'admin' },
      schema: { summary: 'Removes everybody.', tags, response: { 200: z.object({ deleted: count }) } },
    },
    async () => {
      const [removed] = await everyGallery(service, ({ gallery }) =>
        gallery.thread.call('removeSubjects', null),
      );
      return { deleted: removed!.subjects };
    },
  );
};
