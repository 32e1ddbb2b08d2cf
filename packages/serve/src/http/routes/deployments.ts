import type { Revision } from '../../deployments/revision.ts';
import type { RouteGroup } from '../service.ts';
import { count, flag, list, nullable, number, object, text } from './schemas.ts';

const revision = object({
  id: text,
  createdAt: text,
  state: text,
  reason: nullable('string'),
  before: nullable('string'),
  entries: list(
    object({ name: text, weight: number, detector: text, recognizer: text, gallery: nullable('string') }),
  ),
  progress: { type: ['object', 'null'], properties: { done: count, total: count } },
});
const path = { ...text, minLength: 1, maxLength: 4096 } as const;

/** What serves, and how that is changed. Paths are those of the service's own machine: only for administrators. */
export const deploymentRoutes: RouteGroup = (app, { deployments }) => {
  const base = '/api/v1/deployments';
  const tags = ['deployments'];
  const config = { role: 'admin' } as const;
  const withProgress = (found: Revision) => ({ progress: null, ...found });

  app.get(
    base,
    {
      config,
      schema: {
        summary: 'Lists deployments, newest first.',
        tags,
        response: { 200: object({ deployments: list(revision) }) },
      },
    },
    async () => ({ deployments: deployments.list() }),
  );

  app.get<{ Params: { id: string } }>(
    `${base}/:id`,
    {
      config,
      schema: { summary: 'A deployment.', tags, params: object({ id: text }), response: { 200: revision } },
    },
    async ({ params: { id } }) => deployments.get(id),
  );

  app.post<{
    Body: {
      name: string;
      detector?: string;
      recognizer?: string;
      gallery?: string;
      copyGallery?: boolean;
      weight: number;
    };
  }>(
    base,
    {
      config,
      schema: {
        summary: 'Deploys models beside or in place of those that serve; they are loaded and tested first.',
        tags,
        body: object(
          {
            name: { ...text, pattern: '^[A-Za-z0-9_.-]{1,100}$' },
            ...{ detector: path, recognizer: path, gallery: path, copyGallery: flag },
            weight: { type: 'integer', minimum: 1, maximum: 100, default: 100 },
          },
          ['name'],
        ),
        response: { 202: revision },
      },
    },
    async ({ body }, reply) => reply.code(202).send(withProgress(await deployments.begin(body))),
  );

  app.post(
    `${base}/rollback`,
    { config, schema: { summary: 'Goes back to what served before.', tags, response: { 200: revision } } },
    async () => withProgress(await deployments.rollBack()),
  );
};
