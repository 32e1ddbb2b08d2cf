import { type components, dataOf } from '@semblance/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.ts';

export type Revision = components['schemas']['Deployment'];
export type Entry = Revision['entries'][number];

const ASK_AGAIN_MS = 1000;
const LOOK_AGAIN_MS = 2000;
const base = '/api/v1/deployments' as const;

/** All deployments, newest first; asked for again soon while one is prepared. */
export const revisionsQuery = queryOptions({
  queryKey: ['deployments', 'revisions'],
  queryFn: async () => dataOf(await api.http.GET(base)).deployments,
  refetchInterval: ({ state }) =>
    state.data?.some(({ state }) => state === 'preparing') ? ASK_AGAIN_MS : LOOK_AGAIN_MS,
});

export const healthQuery = queryOptions({
  queryKey: ['deployments', 'health'],
  queryFn: async () => dataOf(await api.http.GET(`${base}/health` as const)).entries,
  refetchInterval: LOOK_AGAIN_MS,
});

export const followedQuery = queryOptions({
  queryKey: ['deployments', 'aliases'],
  queryFn: async () => dataOf(await api.http.GET(`${base}/aliases` as const)).aliases,
});

export interface Wanted {
  name?: string;
  version?: string;
  detector?: string;
  recognizer?: string;
  gallery?: string;
  weight: number;
}

/** What is done about deployments. */
export type Step =
  | { what: 'deploy'; wanted: Wanted }
  | { what: 'roll back' }
  | { what: 'follow' | 'unfollow'; alias: string };

/** Does one, and asks for all of it again once the service has. */
export function useStep(onDone?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (step: Step): Promise<void> => {
      if (step.what === 'deploy') dataOf(await api.http.POST(base, { body: step.wanted }));
      else if (step.what === 'roll back') dataOf(await api.http.POST(`${base}/rollback` as const));
      else {
        const params = { path: { alias: step.alias } };
        const path = `${base}/aliases/{alias}` as const;
        if (step.what === 'follow') dataOf(await api.http.PUT(path, { params }));
        else dataOf(await api.http.DELETE(path, { params }));
      }
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['deployments'] });
      onDone?.();
    },
  });
}
