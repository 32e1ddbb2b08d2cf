import { z } from 'zod';
import { type ErrorCode, SemblanceError } from '../../error.ts';
import type { GalleryHost } from '../../fleet/gallery-hosts.ts';
import { peopleOrders } from '../../fleet/people.ts';
import { actorOf } from '../auth.ts';
import { collectionOf, type OpenCollection } from '../collections/open-collection.ts';
import { eraseSubject, inAudit } from '../collections/subjects.ts';
import { ofChanges, ofGallery } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { profileOf, subjectJsonOf } from './collection-json.ts';
import { collectionBase, inCollection, ofSubject, profileBody, subjectJson } from './collection-schemas.ts';
import { count, givenCount, givenText } from './schemas.ts';
import { checkName } from './spelling.ts';

const base = `${collectionBase}/subjects`;
const tags = ['collections'];
const ofSubjects: readonly ErrorCode[] = [...ofGallery, 'GALLERY_NO_PROFILES'];
const ofSubjectChanges: readonly ErrorCode[] = [...ofChanges, 'GALLERY_NO_PROFILES'];

/** The subjects of a collection: listed, made, described, renamed, erased. */
export const collectionSubjectRoutes: RouteGroup = (app, service) => {
  app.get(
    base,
    {
      config: { role: 'read', codes: ofSubjects },
      schema: {
        operationId: 'listCollectionSubjects',
        summary: 'Lists subjects, with a sample or without, searched and sorted, page by page.',
        tags,
        params: inCollection,
        querystring: z.object({
          search: givenText(0, 200).prefault('').describe('Part of a name, whatever its case.'),
          external_id: givenText(1, 200).optional().describe('Only who is called so by another system.'),
          sort: z
            .enum(peopleOrders)
            .prefault('name')
            .describe('name; faces, the most samples first; newest, who was enrolled last first.'),
          page: givenCount().prefault(0),
          size: givenCount(1, 1000).prefault(100),
        }),
        response: { 200: z.object({ subjects: z.array(subjectJson), total: count }) },
      },
    },
    async ({ params, query: { external_id: externalId, sort: order, ...query } }) =>
      collectionOf(service, params.collection).read(async ({ thread, settings }) => {
        if (externalId !== undefined) {
          const found = await thread.call('subject', { externalId });
          const subjects = found ? [subjectJsonOf(settings, found)] : [];
          return { subjects, total: subjects.length };
        }
        const { people, total } = await thread.call('people', { ...query, order });
        const found = await thread.call(
          'subjectsNamed',
          people.map(({ subject }) => subject),
        );
        return { subjects: found.map((one) => subjectJsonOf(settings, one)), total };
      }),
  );

  app.post(
    base,
    {
      config: {
        role: 'enrol',
        codes: ['GALLERY_SUBJECT_EXISTS', 'GALLERY_FULL', 'DATA_INVALID', ...ofSubjectChanges],
      },
      schema: {
        operationId: 'createCollectionSubject',
        summary: 'Makes a subject, who stays until they are erased, with a sample or without.',
        tags,
        params: inCollection,
        body: profileBody.extend({ subject: givenText(1, 200) }),
        response: { 201: subjectJson },
      },
    },
    async (request, reply) => {
      const collection = collectionOf(service, request.params.collection);
      const { subject, ...profile } = request.body;
      const name = checkName(service, subject);
      const change = { action: 'name', ...actorOf(request), ...inAudit(collection), subject: name } as const;
      await service.audit.around(change, () =>
        collection.change(({ gallery: { thread } }) =>
          thread.call('describe', { name, change: profileOf(profile), isNew: true }),
        ),
      );
      return reply.code(201).send(await find(collection, name));
    },
  );

  app.get(
    `${base}/:subject`,
    {
      config: { role: 'read', codes: ['GALLERY_SUBJECT_NOT_FOUND', ...ofSubjects] },
      schema: {
        operationId: 'getCollectionSubject',
        summary: 'A subject with what is known of them.',
        tags,
        params: ofSubject,
        response: { 200: subjectJson },
      },
    },
    async ({ params }) => find(collectionOf(service, params.collection), params.subject),
  );

  app.patch(
    `${base}/:subject`,
    {
      config: {
        role: 'enrol',
        codes: ['GALLERY_SUBJECT_NOT_FOUND', 'GALLERY_SUBJECT_EXISTS', 'DATA_INVALID', ...ofSubjectChanges],
      },
      schema: {
        operationId: 'updateCollectionSubject',
        summary:
          'Changes what is known of a subject, or renames them: null takes away, what is left out stays.',
        tags,
        params: ofSubject,
        body: profileBody.extend({
          subject: givenText(1, 200).optional().describe('A new name, which nobody else has.'),
        }),
        response: { 200: subjectJson },
      },
    },
    async (request) => {
      const collection = collectionOf(service, request.params.collection);
      const { subject: wanted, ...body } = request.body;
      const { subject: name } = request.params;
      const to = wanted === undefined ? name : checkName(service, wanted);
      const change = profileOf(body);
      const isSaid = Object.keys(change).length > 0;
      const isRenamed = to !== name;
      const audited = { ...actorOf(request), ...inAudit(collection), subject: name } as const;
      const act = () =>
        collection.change(async ({ gallery: { thread } }) => {
          if (isRenamed && (await thread.call('subject', { name: to })))
            throw new SemblanceError('GALLERY_SUBJECT_EXISTS', `the collection already has a subject ${to}`);
          if (isSaid || !isRenamed) await thread.call('describe', { name, change, isNew: false });
          if (isRenamed) await thread.call('rename', { from: name, to });
        });
      await service.audit.around(
        isRenamed ? { action: 'rename', ...audited, to } : { action: 'describe', ...audited },
        act,
      );
      return find(collection, to);
    },
  );

  app.delete(
    `${base}/:subject`,
    {
      config: { role: 'enrol', codes: ['GALLERY_SUBJECT_NOT_FOUND', ...ofSubjectChanges] },
      schema: {
        operationId: 'deleteCollectionSubject',
        summary: 'Erases a subject with all samples and all that was said of them.',
        tags,
        params: ofSubject,
        response: { 200: z.object({ subject: z.string(), samples: count }) },
      },
    },
    async (request) => {
      const collection = collectionOf(service, request.params.collection);
      const { subject } = request.params;
      const samples = await eraseSubject(service, collection, subject, actorOf(request));
      return { subject, samples };
    },
  );
};

const find = (collection: OpenCollection, name: string) =>
  collection.read(async (gallery) => subjectJsonOf(gallery.settings, await findSubject(gallery, name)));

/** @throws SemblanceError GALLERY_SUBJECT_NOT_FOUND */
export async function findSubject({ thread }: GalleryHost, name: string) {
  const subject = await thread.call('subject', { name });
  if (subject) return subject;
  throw new SemblanceError('GALLERY_SUBJECT_NOT_FOUND', `the collection has no subject ${name}`);
}
