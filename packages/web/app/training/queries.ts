import { dataOf } from '@semblance/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { Curves, State, Version } from './answers.ts';

export type * from './answers.ts';
export type Comparison = Awaited<ReturnType<typeof compare>>;

/** The service has one project. */
export const project = 'default';
export const versionPath = '/v1/{project}/training-jobs/{job}/versions/{version}' as const;
/** The most that one answer holds. */
const MOST = 1000;

export const isActive = (state: State | undefined): boolean =>
  state === 'creating' || state === 'pending' || state === 'running';

/** A version's name over all jobs, as the command line has it: `faces/V0003`. */
export const nameOf = ({ job_name, version_name }: Pick<Version, 'job_name' | 'version_name'>): string =>
  `${job_name}/${version_name}`;

export const jobsQuery = queryOptions({
  queryKey: ['training', 'jobs'],
  queryFn: async () => {
    const params = { path: { project }, query: { per_page: MOST } };
    return dataOf(await api.http.GET('/v1/{project}/training-jobs', { params })).jobs;
  },
});

/** All versions of a job, newest first, page after page. */
export const versionsQuery = (job: string) =>
  queryOptions({
    queryKey: ['training', 'versions', job],
    async queryFn(): Promise<Version[]> {
      const all: Version[] = [];
      for (let page = 1; ; page++) {
        const params = { path: { project, job }, query: { page, per_page: MOST } };
        const { versions } = dataOf(
          await api.http.GET('/v1/{project}/training-jobs/{job}/versions', { params }),
        );
        all.push(...versions);
        if (versions.length < MOST) return all;
      }
    },
    staleTime: 60_000,
  });

export const versionQuery = (job: string, version: string) =>
  queryOptions({
    queryKey: ['training', 'version', job, version],
    queryFn: async () =>
      dataOf(await api.http.GET(versionPath, { params: { path: { project, job, version } } })),
  });

export const curvesQuery = (name: string) =>
  queryOptions({
    queryKey: ['training', 'curves', name],
    async queryFn(): Promise<Curves> {
      const [job = '', version = ''] = name.split('/');
      const params = { path: { project, job, version } };
      return dataOf(await api.http.GET(`${versionPath}/curves`, { params })).curves;
    },
    staleTime: 60_000,
  });

/** A task and its parameters as its recipe has them. */
export const taskQuery = (task: string, query: { recipe?: string; loss?: string }) =>
  queryOptions({
    queryKey: ['training', 'task', task, query],
    queryFn: async () =>
      dataOf(
        await api.http.GET('/v1/{project}/training-job-tasks/{task}', {
          params: { path: { project, task }, query },
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const comparisonAddress = (versions: readonly string[], all: boolean): string =>
  `/v1/${project}/training-job-comparisons?${new URLSearchParams({
    versions: versions.join(','),
    ...(all ? { all: 'true' } : {}),
    diff: 'true',
  })}`;

const compare = async (versions: readonly string[], all: boolean) =>
  dataOf(
    await api.http.GET('/v1/{project}/training-job-comparisons', {
      params: { path: { project }, query: { versions: versions.join(','), all, diff: true } },
    }),
  );

export const comparisonQuery = (versions: readonly string[], all: boolean) =>
  queryOptions({
    queryKey: ['training', 'comparison', versions, all],
    queryFn: () => compare(versions, all),
    placeholderData: keepPreviousData,
  });
