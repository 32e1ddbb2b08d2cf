import { z } from 'zod';
import { peopleOrders } from '../../fleet/people.ts';
import { galleryOf } from '../galleries.ts';
import { ofGallery } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { count, givenCount, givenText } from './schemas.ts';

const person = z
  .object({
    subject: z.string(),
    faces: count.describe('How many faces of theirs are enrolled.'),
    imageId: z.string().nullable().describe('The face that was enrolled last; null where there is none.'),
  })
  .meta({ id: 'Person', description: 'Somebody the gallery knows.' });

/** The people of the gallery as a list that is looked through. */
export const peopleRoutes: RouteGroup = (app, service) => {
  app.get(
    '/api/v1/people',
    {
      config: { role: 'read', codes: ofGallery },
      schema: {
        operationId: 'listPeople',
        summary: 'Lists people with a face of each, searched and sorted, page by page.',
        tags: ['subjects'],
        querystring: z.object({
          search: givenText(0, 200).prefault('').describe('Part of a name, whatever its case.'),
          sort: z
            .enum(peopleOrders)
            .prefault('name')
            .describe('name; faces, the most first; newest, who was enrolled last first.'),
          page: givenCount().prefault(0),
          size: givenCount(1, 1000).prefault(100),
        }),
        response: { 200: z.object({ people: z.array(person), total: count }) },
      },
    },
    async ({ query: { sort: order, ...query } }) => {
      const { people, total } = await galleryOf(service).thread.call('people', { ...query, order });
      const imageId = (id: number | null) => (id === null ? null : service.contract.imageId(id));
      return {
        people: people.map(({ subject, faces, newest }) => ({ subject, faces, imageId: imageId(newest) })),
        total,
      };
    },
  );
};
