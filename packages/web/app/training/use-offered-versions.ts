import { useQueries, useQuery } from '@tanstack/react-query';
import type { Version } from './answers.ts';
import { jobsQuery, nameOf, versionsQuery } from './queries.ts';

/** Jobs whose versions are offered while a name is typed. */
const MOST_OFFERED = 20;

/** Names of versions to be offered: those of the first jobs. */
export function useOfferedVersions(isOffered: (version: Version) => boolean = () => true): string[] {
  const { data: jobs = [] } = useQuery(jobsQuery);
  return useQueries({
    queries: jobs.slice(0, MOST_OFFERED).map(({ job_name }) => versionsQuery(job_name)),
    combine: (results) => results.flatMap(({ data }) => data?.filter(isOffered).map(nameOf) ?? []),
  });
}
