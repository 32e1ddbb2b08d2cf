import type { NameChange } from '@semblance/face/gallery';
import { z } from 'zod';
import type { Actor, AuditedChange } from '../../audit/audited-change.ts';
import { SemblanceError } from '../../error.ts';
import { actorOf } from '../auth.ts';
import { faceIdOf } from '../contracts.ts';
import { everyGallery, galleryOf } from '../galleries.ts';
import { ofChanges, ofGallery } from '../openapi/error-codes.ts';
import type { RouteGroup, Service } from '../service.ts';
import { count, givenText } from './schemas.ts';
import { checkName, spelled } from './spelling.ts';

const name = givenText(1, 200);
const change = z
  .object({
    kind: z.enum(['rename', 'merge', 'split']),
    at: z.string().describe('When, in ISO 8601.'),
    from: z.array(z.string()).describe('Whose the faces were.'),
    to: z.string().describe('Whose they are since.'),
    faces: count.describe('How many.'),
  })
  .meta({ id: 'NameChange', description: 'A change of who is called what, which can be undone.' });

const changeJson = ({ kind, at, to, moved }: NameChange) => ({
  ...{ kind, at, to },
  from: moved.map(({ from }) => from),
  faces: moved.reduce((sum, { faces }) => sum + faces.length, 0),
});

/** Merging and splitting people, and undoing changes of names. */
export const nameRoutes: RouteGroup = (app, service) => {
  const tags = ['subjects'];
  const moved = z.object({ subject: z.string(), faces: count.describe('How many became theirs.') });

  app.post(
    '/api/v1/people/merge',
    {
      config: { role: 'enrol', codes: ['GALLERY_SUBJECT_NOT_FOUND', ...ofChanges] },
      schema: {
        operationId: 'mergeSubjects',
        summary: 'Makes one subject of several who are the same person.',
        tags,
        body: z.object({
          subjects: z.array(name).min(1).max(100),
          into: name.describe('The name that stays: of one of them, of somebody else, or a new one.'),
        }),
        response: { 200: moved },
      },
    },
    async (request) => {
      const into = checkName(service, request.body.into);
      const { subjects } = request.body;
      const actor = actorOf(request);
      const changes = subjects
        .filter((subject) => subject !== into)
        .map((subject) => ({ action: 'merge', ...actor, subject, to: into }) as const);
      const [faces = 0] = await audited(service, changes, () =>
        everyGallery(service, async ({ gallery }) => {
          const given = await Promise.all(subjects.map((subject) => spelled(service, gallery, subject)));
          return gallery.thread.call('merge', {
            subjects: given,
            into: await spelled(service, gallery, into),
          });
        }),
      );
      return { subject: into, faces };
    },
  );

  app.post(
    '/api/v1/people/split',
    {
      config: {
        role: 'enrol',
        codes: ['GALLERY_SUBJECT_NOT_FOUND', 'GALLERY_FACE_NOT_FOUND', ...ofChanges],
      },
      schema: {
        operationId: 'splitSubject',
        summary: 'Gives some of a subject’s faces to another subject, a new one or one that is there.',
        tags,
        body: z.object({
          subject: name,
          image_ids: z.array(givenText(1, 60)).min(1).max(1000).describe('The faces, by their image ids.'),
          into: name,
        }),
        response: { 200: moved },
      },
    },
    async (request) => {
      const into = checkName(service, request.body.into);
      const { subject, image_ids: ids } = request.body;
      const faces = ids.map((id) => {
        const number = faceIdOf(id);
        if (number >= 0) return number;
        throw new SemblanceError('GALLERY_FACE_NOT_FOUND', `there is no face ${id}`);
      });
      const one = { action: 'split', ...actorOf(request), subject, to: into, faces } as const;
      const [numMoved = 0] = await audited(service, [one], () =>
        everyGallery(service, async ({ gallery }) =>
          gallery.thread.call('split', {
            faces,
            subject: await spelled(service, gallery, subject),
            into: await spelled(service, gallery, into),
          }),
        ),
      );
      return { subject: into, faces: numMoved };
    },
  );

  app.get(
    '/api/v1/people/changes',
    {
      config: { role: 'enrol', codes: ofGallery },
      schema: {
        operationId: 'listNameChanges',
        summary: 'Lists the renamings, merges and splits that can be undone, the last one first.',
        tags,
        response: { 200: z.object({ changes: z.array(change) }) },
      },
    },
    async () => ({
      changes: (await galleryOf(service).thread.call('nameChanges', null)).map(changeJson),
    }),
  );

  app.post(
    '/api/v1/people/undo',
    {
      config: {
        role: 'enrol',
        codes: ['GALLERY_NOTHING_TO_UNDO', 'GALLERY_SUBJECT_EXISTS', ...ofChanges],
      },
      schema: {
        operationId: 'undoNameChange',
        summary: 'Undoes the last renaming, merge or split.',
        tags,
        response: { 200: change },
      },
    },
    async (request) => changeJson(await undo(service, actorOf(request))),
  );
};

/** Undoes the last change of the first gallery, and the same in the others. */
async function undo(service: Service, actor: Actor): Promise<NameChange> {
  const [last] = await galleryOf(service).thread.call('nameChanges', null);
  const names = last ? { subject: last.to, to: last.moved[0]!.from } : {};
  let undone: NameChange | null = null;
  await audited(service, [{ action: 'undo', ...actor, ...names }], () =>
    everyGallery(service, async ({ gallery: { thread } }) => {
      const like: NameChange | null = undone;
      const here = await thread.call('undo', like);
      if (like === null) undone = here;
      else if (here === null) await thread.call('moveBack', like);
    }),
  );
  return undone!;
}

/** Writes down that changes begin, does them, and writes down how they ended. */
function audited<T>(
  { audit }: Service,
  changes: readonly AuditedChange[],
  work: () => Promise<T>,
): Promise<T> {
  return changes.reduce((inner, one) => () => audit.around(one, inner), work)();
}
