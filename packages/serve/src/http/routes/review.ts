import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import type { ReviewAnswer } from '../../review/review-file.ts';
import { actorOf } from '../auth.ts';
import { leased } from '../leased.ts';
import { ofChanges, ofGallery } from '../openapi/error-codes.ts';
import { accept, dismiss, merge, recognizingOf, refuse, reviewOf, split, undo } from '../review/answers.ts';
import { askedGroups } from '../review/suggestions.ts';
import type { RouteGroup } from '../service.ts';
import { similarityOf } from './answers.ts';
import { strangersOf } from './decisions.ts';
import { count, givenCount, givenText } from './schemas.ts';
import { checkName } from './spelling.ts';

const base = '/api/v1/review';
const tags = ['review'];
const id = givenCount(1);
const params = z.object({ group: id });
const reviewAnswer = z
  .object({
    action: z.enum(['accept', 'reject', 'merge', 'split', 'dismiss']),
    subject: z.string().nullable(),
    isNew: z.boolean().describe('Whether the subject came with it.'),
    at: z.string(),
  })
  .meta({ id: 'ReviewAnswer', description: 'What was answered about a group of unknown faces.' });

const reviewGroup = z
  .object({
    id: count,
    seen: count.describe('How many faces came that are in it; the clearest are kept.'),
    firstAt: z.string(),
    lastAt: z.string(),
    faces: z
      .array(z.object({ id: count, quality: z.number(), at: z.string() }))
      .describe('The clearest first.'),
    suggestions: z
      .array(
        z.object({
          subject: z.string(),
          similarity: z.number(),
          imageId: z.string().describe('The enrolled face that is most like it.'),
          strangers: z
            .number()
            .nullable()
            .describe('Share of strangers who would be as similar, where measured.'),
        }),
      )
      .describe('The most similar subjects, at most five, without those who it was said not to be.'),
    alike: z
      .array(z.object({ group: count, similarity: z.number() }))
      .describe('Groups that may be the same person’s, the most alike first.'),
    usefulness: z.number().describe('The queue is in order of it: how much an answer settles.'),
  })
  .meta({ id: 'ReviewGroup', description: 'Unknown faces that are one person’s, as far as is known.' });

const review = z.object({
  isOn: z.boolean().describe('Whether the service keeps unknown faces: `serve --keep-unknown DAYS`.'),
  days: z.number().nullable().describe('How long a face is kept.'),
  threshold: z.number().nullable().describe('Similarity from which a face counts as a subject.'),
  groups: z.array(reviewGroup).describe('The most useful first.'),
  total: count.describe('Groups that wait, of which the first are given.'),
  last: reviewAnswer.nullable().describe('The answer that `undo` takes back.'),
});

const time = (ms: number): string => new Date(ms).toISOString();
const answerJson = ({ action, subject, isNew, atMs }: ReviewAnswer) => ({
  action,
  subject,
  isNew,
  at: time(atMs),
});

/** Unknown faces, grouped, and what is said of them. */
export const reviewRoutes: RouteGroup = (app, service) => {
  app.get(
    base,
    {
      config: { role: 'enrol', codes: ofGallery },
      schema: {
        operationId: 'getReview',
        summary: 'Lists the unknown faces that were kept, grouped by person, with who they may be.',
        tags,
        querystring: z.object({ size: givenCount(1, 200).prefault(50).describe('Most groups.') }),
        response: { 200: review },
      },
    },
    async ({ query: { size } }, reply) => {
      reply.header('cache-control', 'no-store');
      const queue = service.review;
      if (queue === null)
        return { isOn: false, days: null, threshold: null, groups: [], total: 0, last: null };
      return queue.inTurn(() =>
        leased(service.deployments.fleet.acquirePrimary(), async (unit) => {
          const asked = await askedGroups(unit, await queue.groups(recognizingOf(unit)));
          const groups = asked.slice(0, size).map(({ faces, suggestions, alike, ...group }) => ({
            ...{ id: group.id, seen: group.seen, usefulness: group.usefulness },
            ...{ firstAt: time(group.firstMs), lastAt: time(group.lastMs) },
            faces: faces.map((face) => ({ id: face.id, quality: face.quality, at: time(face.atMs) })),
            suggestions: suggestions.map((hit) => ({
              ...{ subject: hit.subject, similarity: similarityOf(hit.similarity) },
              ...{ imageId: service.contract.imageId(hit.faceId), strangers: strangersOf([hit]) },
            })),
            alike: alike.map((other) => ({ ...other, similarity: similarityOf(other.similarity) })),
          }));
          const last = queue.last && answerJson(queue.last);
          return {
            isOn: true,
            days: queue.days,
            threshold: unit.threshold,
            groups,
            total: asked.length,
            last,
          };
        }),
      );
    },
  );

  app.get(
    `${base}/faces/:face/img`,
    {
      config: { role: 'enrol', answers: 'image/jpeg', codes: ['REVIEW_OFF', 'REVIEW_GROUP_NOT_FOUND'] },
      schema: {
        operationId: 'getUnknownFace',
        summary: 'An unknown face, as it was cut out.',
        tags,
        params: z.object({ face: id }),
      },
    },
    async ({ params: { face } }, reply) => {
      const crop = reviewOf(service).crop(face);
      if (crop === null)
        throw new SemblanceError('REVIEW_GROUP_NOT_FOUND', `no unknown face ${face} is kept`);
      return reply.header('cache-control', 'private, no-store').type('image/jpeg').send(crop);
    },
  );

  const ofReview = ['REVIEW_OFF', 'REVIEW_GROUP_NOT_FOUND', ...ofChanges] as const;
  const ofSubject = z.object({ subject: givenText(1, 200) });

  for (const isNew of [false, true]) {
    app.post(
      `${base}/:group/${isNew ? 'new' : 'accept'}`,
      {
        config: {
          role: 'enrol',
          codes: [isNew ? 'GALLERY_SUBJECT_EXISTS' : 'GALLERY_SUBJECT_NOT_FOUND', ...ofReview],
        },
        schema: {
          operationId: isNew ? 'nameUnknown' : 'acceptUnknown',
          summary: isNew
            ? 'The group is somebody new: the clearest faces are enrolled under the name.'
            : 'The group is this subject: the clearest faces are enrolled.',
          tags,
          params,
          body: ofSubject,
          response: { 200: z.object({ last: reviewAnswer }) },
        },
      },
      async (request) => {
        const subject = checkName(service, request.body.subject);
        const answer = { subject, isNew, actor: actorOf(request) };
        return answered(() => accept(service, request.params.group, answer));
      },
    );
  }

  app.post(
    `${base}/:group/reject`,
    {
      config: { role: 'enrol', codes: ['GALLERY_SUBJECT_NOT_FOUND', ...ofReview] },
      schema: {
        operationId: 'rejectUnknown',
        summary: 'The group is not this subject, and faces more like it than like theirs are not either.',
        tags,
        params,
        body: ofSubject,
        response: { 200: z.object({ last: reviewAnswer }) },
      },
    },
    async (request) => {
      const subject = checkName(service, request.body.subject);
      return answered(() => refuse(service, request.params.group, subject, actorOf(request)));
    },
  );

  app.post(
    `${base}/:group/merge`,
    {
      config: { role: 'enrol', codes: ofReview },
      schema: {
        operationId: 'mergeUnknown',
        summary: 'Other groups are the same person as this one.',
        tags,
        params,
        body: z.object({ groups: z.array(id).min(1).max(100) }),
        response: { 200: z.object({ last: reviewAnswer }) },
      },
    },
    async (request) => {
      const { group } = request.params;
      const change = changeOf(request, `merge ${group}`);
      return answered(async () => merge(reviewOf(service), group, request.body.groups), change);
    },
  );

  app.post(
    `${base}/:group/split`,
    {
      config: { role: 'enrol', codes: ofReview },
      schema: {
        operationId: 'splitUnknown',
        summary: 'These faces of the group are somebody else’s: they become a group of their own.',
        tags,
        params,
        body: z.object({ faces: z.array(id).min(1).max(100) }),
        response: { 200: z.object({ last: reviewAnswer }) },
      },
    },
    async (request) => {
      const { group } = request.params;
      const change = changeOf(request, `split ${group}`);
      return answered(async () => void split(reviewOf(service), group, request.body.faces), change);
    },
  );

  app.post(
    `${base}/:group/dismiss`,
    {
      config: { role: 'enrol', codes: ofReview },
      schema: {
        operationId: 'dismissUnknown',
        summary: 'Nobody is asked about the group any more, nor about whoever comes and is like it.',
        tags,
        params,
        response: { 200: z.object({ last: reviewAnswer }) },
      },
    },
    async (request) => {
      const { group } = request.params;
      const change = changeOf(request, `dismiss ${group}`);
      return answered(async () => dismiss(reviewOf(service), group), change);
    },
  );

  app.post(
    `${base}/undo`,
    {
      config: { role: 'enrol', codes: ['REVIEW_NOTHING_TO_UNDO', ...ofReview] },
      schema: {
        operationId: 'undoReview',
        summary: 'Takes the newest answer back, with what was enrolled or rejected by it.',
        tags,
        response: { 200: z.object({ undone: reviewAnswer, last: reviewAnswer.nullable() }) },
      },
    },
    async (request) => {
      const queue = reviewOf(service);
      return queue.inTurn(async () => {
        const change = changeOf(request, 'undo');
        const undone = await service.audit.around(change, () => undo(service, actorOf(request)));
        return { undone: answerJson(undone), last: queue.last && answerJson(queue.last) };
      });
    },
  );

  /** One answer after the other; what changes no gallery is noted in the audit here. */
  async function answered(work: () => Promise<void>, change?: Parameters<typeof service.audit.around>[0]) {
    const queue = reviewOf(service);
    return queue.inTurn(async () => {
      await (change ? service.audit.around(change, work) : work());
      return { last: answerJson(queue.last!) };
    });
  }
};

/** A line of the audit: who answered what. */
const changeOf = (request: FastifyRequest, target: string) =>
  ({ action: 'review', ...actorOf(request), target }) as const;
