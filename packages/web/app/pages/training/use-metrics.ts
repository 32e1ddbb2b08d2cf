import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api/client.ts';
import { type ShownVersion, versionQuery } from '../../training/queries.ts';

export type LiveCurves = Readonly<Record<string, readonly (readonly number[])[]>>;

/** How often what came is drawn. */
const DRAW_MS = 200;

/** The curves of a version as their points come. */
export function useMetrics({ job_name: job, version_name: version, attempt }: ShownVersion): {
  curves: LiveCurves;
  error: unknown;
} {
  const queries = useQueryClient();
  const [curves, setCurves] = useState<LiveCurves>({});
  const [error, setError] = useState<unknown>(null);
  // an attempt more goes on from a checkpoint: its points are told anew
  useEffect(() => {
    const stop = new AbortController();
    const points = new Map<string, [number, number][]>();
    setError(null);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      timer = undefined;
      setCurves(Object.fromEntries([...points].map(([name, curve]) => [name, [...curve]])));
    };
    const follow = async (): Promise<void> => {
      for await (const event of api.watchMetrics({ job, version }, stop.signal)) {
        if (event.event === 'state')
          void queries.invalidateQueries({ queryKey: versionQuery(job, version).queryKey });
        if (event.event !== 'point') continue;
        const { name, step, value } = event.data;
        const curve = points.get(name) ?? [];
        points.set(name, curve);
        curve.push([step, value]);
        timer ??= setTimeout(show, DRAW_MS);
      }
    };
    follow().catch((failure) => stop.signal.aborted || setError(failure));
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [queries, job, version, attempt]);
  return { curves, error };
}
