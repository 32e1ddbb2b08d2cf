import { fullName } from '@semblance/jobs';
import { z } from 'zod';
import { requireAlias } from '../../deployments/followed-aliases.ts';
import { ofStorage, ofVersions } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { count, givenText } from './schemas.ts';
import { jobsOf } from './training-shared.ts';

const base = '/api/v1/deployments';
const tags = ['deployments'];
const role = 'admin';
const ofAlias = z.object({ alias: givenText().describe('As `faces@production`.') });
const followed = z.object({
  alias: z.string(),
  version: z.string().nullable().describe('What it stands for; null where it stands for nothing.'),
});

/** How what serves fares, and the aliases of versions that deployments follow. */
export const deploymentAliasRoutes: RouteGroup = (app, service) => {
  const { deployments } = service;

  app.get(
    `${base}/health`,
    {
      config: { role },
      schema: {
        operationId: 'getDeploymentHealth',
        summary:
          'How each model that serves fares: its share, requests in work, and failures among the last ones.',
        tags,
        response: {
          200: z.object({
            entries: z.array(
              z.object({
                ...{ name: z.string(), weight: count, queued: count, in_use: count },
                requests: count.describe('The last ones, 50 at most.'),
                faults: count.describe('Those of them that failed by the fault of the service.'),
                requests_total: count.describe('All since the last deployment.'),
                faults_total: count,
              }),
            ),
          }),
        },
      },
    },
    async () => {
      const queued = new Map(deployments.fleet.entries.map(({ name, unit }) => [name, unit.numQueued]));
      return {
        entries: deployments.fleet.health.map(({ inUse, numDone, numFailed, ...entry }) => ({
          ...{ ...entry, in_use: inUse, queued: queued.get(entry.name) ?? 0 },
          ...{ requests_total: numDone, faults_total: numFailed },
        })),
      };
    },
  );

  app.get(
    `${base}/aliases`,
    {
      config: { role, codes: ['JOBS_UNSUPPORTED', 'JOB_STORE_BUSY'] },
      schema: {
        operationId: 'listFollowedAliases',
        summary: 'Aliases whose versions are deployed whenever they are moved.',
        ...{ tags, response: { 200: z.object({ aliases: z.array(followed) }) } },
      },
    },
    async () => {
      const named = await jobsOf(service).registry.list();
      const aliases = [...service.followed].map((alias) => ({
        ...{ alias, version: named.find((one) => one.alias === alias)?.version ?? null },
      }));
      return { aliases };
    },
  );

  app.put(
    `${base}/aliases/:alias`,
    {
      config: { role, codes: [...ofVersions, ...ofStorage] },
      schema: {
        operationId: 'followAlias',
        summary: 'Deploys what an alias stands for, and from then on whatever it comes to stand for.',
        ...{ tags, params: ofAlias, response: { 200: followed } },
      },
    },
    async ({ params: { alias } }) => {
      requireAlias(alias);
      const version = fullName(await jobsOf(service).find(alias));
      await service.followed.add(alias);
      return { alias, version };
    },
  );

  app.delete(
    `${base}/aliases/:alias`,
    {
      config: { role, codes: ['ALIAS_NOT_FOUND', ...ofStorage] },
      schema: {
        operationId: 'unfollowAlias',
        summary: 'Follows an alias no more; what serves goes on serving.',
        ...{ tags, params: ofAlias, response: { 200: z.object({ alias: z.string() }) } },
      },
    },
    async ({ params: { alias } }) => {
      await service.followed.remove(alias);
      return { alias };
    },
  );
};
