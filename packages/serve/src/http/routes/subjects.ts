import { receiptSchema } from '@semblance/face/gallery';
import { z } from 'zod';
import { actorOf } from '../auth.ts';
import { everyGallery, galleryOf } from '../galleries.ts';
import { ofChanges, ofGallery } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { removeAll } from './face-changes.ts';
import { count, givenText } from './schemas.ts';
import { checkName, spelled } from './spelling.ts';

const name = givenText(1, 200);
const receipt = receiptSchema.meta({
  description: 'Proof of an erasure from an encrypted gallery, signed by it.',
});

/** The people a gallery knows. */
export const subjectRoutes: RouteGroup = (app, service) => {
  const base = '/api/v1/recognition/subjects';
  const tags = ['subjects'];
  const params = z.object({ subject: name });

  app.get(
    base,
    {
      config: { role: 'read', codes: ofGallery },
      schema: {
        operationId: 'listSubjects',
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
      config: { role: 'enrol', codes: ['GALLERY_SUBJECT_EXISTS', ...ofChanges] },
      schema: {
        operationId: 'addSubject',
        summary: 'Names a subject; a face can be enrolled without this.',
        tags,
        body: z.object({ subject: name }),
        response: { 201: z.object({ subject: z.string() }) },
      },
    },
    async (request, reply) => {
      const subject = checkName(service, request.body.subject);
      await service.audit.around({ action: 'name', ...actorOf(request), subject }, () =>
        everyGallery(service, async ({ gallery }) =>
          gallery.thread.call('addSubject', await spelled(service, gallery, subject)),
        ),
      );
      return reply.code(201).send({ subject });
    },
  );

  app.put(
    `${base}/:subject`,
    {
      config: { role: 'enrol', codes: ['GALLERY_SUBJECT_NOT_FOUND', ...ofChanges] },
      schema: {
        operationId: 'renameSubject',
        summary: 'Renames a subject; where the name is taken the two become one.',
        tags,
        params,
        body: z.object({ subject: name }),
        response: { 200: z.object({ updated: z.boolean() }) },
      },
    },
    async (request) => {
      const { subject: given } = request.params;
      const wanted = checkName(service, request.body.subject);
      if (given === wanted && service.contract.missingIsNothing) return { updated: false };
      const change = { action: 'rename', ...actorOf(request), subject: given, to: wanted } as const;
      await service.audit.around(change, () =>
        everyGallery(service, async ({ gallery }) => {
          const from = await spelled(service, gallery, given);
          const joined = await spelled(service, gallery, wanted);
          // the same subject in another spelling is no other to be joined with
          return gallery.thread.call('rename', { from, to: joined === from ? wanted : joined });
        }),
      );
      return { updated: true };
    },
  );

  app.delete(
    `${base}/:subject`,
    {
      config: { role: 'enrol', codes: ['GALLERY_SUBJECT_NOT_FOUND', ...ofChanges] },
      schema: {
        operationId: 'deleteSubject',
        summary: 'Removes a subject with all faces.',
        tags,
        params,
        response: { 200: z.object({ subject: z.string(), receipts: z.array(receipt).optional() }) },
      },
    },
    async (request) => {
      const { subject: given } = request.params;
      const change = { action: 'erase', ...actorOf(request), subject: given } as const;
      const removed = await service.audit.around(change, () =>
        everyGallery(service, async ({ gallery }) => {
          const name = await spelled(service, gallery, given);
          return { name, ...(await gallery.thread.call('removeSubject', name)) };
        }),
      );
      const receipts = removed.flatMap((each) => each.receipts);
      return { subject: removed[0]!.name, ...(receipts.length > 0 ? { receipts } : {}) };
    },
  );

  app.delete(
    base,
    {
      config: { role: 'admin', codes: ofChanges },
      schema: {
        operationId: 'deleteAllSubjects',
        summary: 'Removes everybody.',
        tags,
        response: { 200: z.object({ deleted: count }) },
      },
    },
    async (request) => ({ deleted: (await removeAll(service, actorOf(request))).subjects }),
  );
};
