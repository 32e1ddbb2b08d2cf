import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type JobEvent, jobsQuery, type Version, versionsQuery } from '../../training/queries.ts';
import { followJobs } from './follow-jobs.ts';

/** How long what is told gathers before the lists are asked for again. */
const GATHER_MS = 300;

type Figures = Extract<JobEvent, { event: 'metrics' }>['data'];

/** A version with the figures that were told of it. */
const withFigures = (version: Version, { version_id, metrics, progress }: Figures): Version =>
  version.version_id === version_id
    ? {
        ...version,
        metrics,
        progress: progress && { ...progress, etaMs: version.progress?.etaMs ?? null },
      }
    : version;

/** Keeps the lists as the service tells of them: figures where they stand, anything else by asking again. */
export function useLiveJobs(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const stop = new AbortController();
    const changed = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (queryKey: readonly unknown[]) => void queries.invalidateQueries({ queryKey });
    const askAgain = (): void => {
      timer = undefined;
      ask(jobsQuery.queryKey);
      for (const job of changed) ask(versionsQuery(job).queryKey);
      changed.clear();
    };
    const tell = (event: JobEvent): void => {
      if (event.event === 'end') return;
      const { job_name: job } = event.data;
      if (event.event === 'metrics') {
        queries.setQueryData(versionsQuery(job).queryKey, (before) =>
          before?.map((version) => withFigures(version, event.data)),
        );
        return;
      }
      changed.add(job);
      timer ??= setTimeout(askAgain, GATHER_MS);
    };
    void followJobs(stop.signal, tell, () => ask(['training']));
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [queries]);
}
