import type { JobService } from '@semblance/jobs';
import { z } from 'zod';
import type { Revision } from '../../deployments/revision.ts';
import { versionParts } from '../../deployments/version-parts.ts';
import { asSemblanceError, type ErrorCode, SemblanceError } from '../../error.ts';
import { actorOf } from '../auth.ts';
import { ofStorage } from '../openapi/error-codes.ts';
import type { RouteGroup, Service } from '../service.ts';
import { count, givenCount, givenFlag, givenText } from './schemas.ts';
import { jobsOf } from './training-shared.ts';

const revision = z
  .object({
    id: z.string(),
    createdAt: z.string(),
    state: z.string(),
    reason: z.string().nullable(),
    before: z.string().nullable(),
    entries: z.array(
      z.object({
        name: z.string(),
        weight: z.number(),
        detector: z.string(),
        recognizer: z.string(),
        gallery: z.string().nullable(),
      }),
    ),
    progress: z.object({ done: count.optional(), total: count.optional() }).nullable(),
  })
  .meta({ id: 'Deployment', description: 'What serves, served, or failed to, and why.' });
/** Of what is deployed; what fails later is said by the deployment itself. */
const ofDeploying: readonly ErrorCode[] = [
  ...(['DEPLOYMENT_BUSY', 'DEPLOYMENT_REFUSED', 'DEPLOYMENT_NOT_FOUND', 'PATH_NOT_FOUND'] as const),
  ...(['JOBS_UNSUPPORTED', 'JOB_NOT_FOUND', 'VERSION_NOT_FOUND', 'ALIAS_NOT_FOUND'] as const),
  ...(['VERSION_WRONG_STATE', 'USAGE_INVALID_VALUE', 'JOB_STORE_BUSY'] as const),
  ...(['PATH_OUTSIDE_ROOT', 'MODEL_NOT_FOUND', 'GALLERY_NOT_FOUND', 'GALLERY_MODEL_MISMATCH'] as const),
  ...ofStorage,
];
const path = givenText(1, 4096).optional();

/** What serves, and how that is changed. Paths are those of the service's own machine: only for administrators. */
export const deploymentRoutes: RouteGroup = (app, service) => {
  const { deployments } = service;
  const base = '/api/v1/deployments';
  const tags = ['deployments'];
  const config = { role: 'admin' } as const;
  const withProgress = (found: Revision) => ({ progress: null, ...found });

  app.get(
    base,
    {
      config,
      schema: {
        operationId: 'listDeployments',
        summary: 'Lists deployments, newest first.',
        tags,
        response: { 200: z.object({ deployments: z.array(revision) }) },
      },
    },
    async () => ({ deployments: deployments.list() }),
  );

  app.get(
    `${base}/:id`,
    {
      config: { ...config, codes: ['DEPLOYMENT_NOT_FOUND'] },
      schema: {
        operationId: 'getDeployment',
        summary: 'A deployment.',
        tags,
        params: z.object({ id: givenText() }),
        response: { 200: revision },
      },
    },
    async ({ params: { id } }) => deployments.get(id),
  );

  app.post(
    base,
    {
      config: { ...config, codes: ofDeploying },
      schema: {
        operationId: 'createDeployment',
        summary: 'Deploys models beside or in place of those that serve; they are loaded and tested first.',
        tags,
        body: z.strictObject({
          name: z
            .string()
            .regex(/^[A-Za-z0-9_.-]{1,100}$/)
            .optional()
            .describe('Of the deployment; of a version its own, `faces.V0003`.'),
          version: givenText(1, 200)
            .optional()
            .describe('A version whose model or gallery is deployed: `faces/V0003`, `faces@production`.'),
          ...{ detector: path, recognizer: path, gallery: path, copyGallery: givenFlag.optional() },
          weight: givenCount(1, 100).prefault(100),
        }),
        response: { 202: revision },
      },
    },
    async (request, reply) => {
      const { version, ...body } = request.body;
      const actor = actorOf(request);
      if (version === undefined) {
        const { name } = body;
        if (name === undefined)
          throw new SemblanceError('REQUEST_INVALID', 'name is missing: what to call the deployment');
        return reply.code(202).send(withProgress(await deployments.begin({ ...body, name }, actor)));
      }
      const jobs = jobsOf(service);
      const found = await versionParts(jobs, version);
      const begun = await deployments.begin({ name: found.name, ...found.parts, ...body }, actor);
      void recordWhenServing(service, jobs, found.version.id, begun.id, body.weight);
      return reply.code(202).send(withProgress(begun));
    },
  );

  app.post(
    `${base}/rollback`,
    {
      config: { ...config, codes: ofDeploying },
      schema: {
        operationId: 'rollBackDeployment',
        summary: 'Goes back to what served before.',
        tags,
        response: { 200: revision },
      },
    },
    async (request) => withProgress(await deployments.rollBack('asked for', actorOf(request))),
  );
};

/** Notes with a version that it was deployed, once it serves. */
async function recordWhenServing(
  { deployments, log }: Service,
  jobs: JobService,
  versionId: number,
  id: string,
  weight: number,
): Promise<void> {
  await deployments.settled();
  if (deployments.get(id).state !== 'active') return;
  const text = `deployed with ${weight} % of the requests`;
  await jobs.store.addRecord(versionId, 'deployment', { text, weight }).catch((error: unknown) => {
    const { code, message } = asSemblanceError(error);
    log.event('error', `deployment ${id} could not be noted with its version: ${message}`, { code });
  });
}
