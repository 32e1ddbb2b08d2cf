import { jobSchemas, namedVersions, onlyDifferences } from '@semblance/jobs/views';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { ofVersions } from '../openapi/error-codes.ts';
import type { RouteGroup } from '../service.ts';
import { told } from '../told.ts';
import { givenFlag } from './schemas.ts';
import { jobsOf, ofProject, ofTraining, referencesOf, tags, versionList } from './training-shared.ts';

/** Versions side by side. */
export const trainingComparisonRoutes: RouteGroup = (app, service) => {
  app.get(
    '/v1/:project/training-job-comparisons',
    {
      config: ofTraining(['USAGE_INVALID_VALUE', ...ofVersions]),
      schema: {
        operationId: 'compareTrainingVersions',
        summary:
          'Puts versions side by side: parameters, metrics with their best, data, code, and groups that differ in seeds alone.',
        ...{ tags, params: ofProject },
        querystring: z.object({
          versions: versionList,
          all: givenFlag.prefault(false).describe('Also rows that are the same in all of them.'),
          diff: givenFlag
            .prefault(false)
            .describe('Also what changed in code and data from each to the next.'),
        }),
        response: { 200: jobSchemas.compare.extend({ is_success: z.literal(true) }) },
      },
    },
    async ({ query: { versions: references, all, diff } }) => {
      const jobs = jobsOf(service);
      const versions = await namedVersions(jobs.store, referencesOf(references));
      if (versions.length < 2)
        throw new SemblanceError('REQUEST_INVALID', 'expected two versions or more to compare');
      // what is pinned stands first: the others are held against it
      versions.sort((a, b) => Number(b.isPinned) - Number(a.isPinned));
      const comparison = jobs.compare(versions);
      return {
        is_success: true as const,
        ...told(all ? comparison : onlyDifferences(comparison)),
        differences: diff ? told(await jobs.differences(versions)) : [],
      };
    },
  );
};
