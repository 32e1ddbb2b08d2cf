import { type components, dataOf } from '@semblance/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.ts';

export type Group = components['schemas']['ReviewGroup'];
export type Suggestion = Group['suggestions'][number];

/** How often it is looked for new faces, while the page is open. */
const AGAIN_MS = 15_000;

export const useReview = () =>
  useQuery({
    queryKey: ['review'],
    queryFn: async () => dataOf(await api.http.GET('/api/v1/review')),
    refetchInterval: AGAIN_MS,
    staleTime: 0,
  });

/** What is said of a group. */
export type Said =
  | { what: 'accept' | 'new' | 'reject'; group: number; subject: string }
  | { what: 'merge'; group: number; groups: number[] }
  | { what: 'split'; group: number; faces: number[] }
  | { what: 'dismiss'; group: number }
  | { what: 'undo' };

async function send(said: Said): Promise<void> {
  if (said.what === 'undo') return void dataOf(await api.http.POST('/api/v1/review/undo'));
  const params = { path: { group: said.group } };
  const answers = {
    accept: () =>
      api.http.POST('/api/v1/review/{group}/accept', { params, body: { subject: subjectOf(said) } }),
    new: () => api.http.POST('/api/v1/review/{group}/new', { params, body: { subject: subjectOf(said) } }),
    reject: () =>
      api.http.POST('/api/v1/review/{group}/reject', { params, body: { subject: subjectOf(said) } }),
    merge: () =>
      api.http.POST('/api/v1/review/{group}/merge', {
        params,
        body: { groups: 'groups' in said ? said.groups : [] },
      }),
    split: () =>
      api.http.POST('/api/v1/review/{group}/split', {
        params,
        body: { faces: 'faces' in said ? said.faces : [] },
      }),
    dismiss: () => api.http.POST('/api/v1/review/{group}/dismiss', { params }),
  };
  dataOf(await answers[said.what]());
}

const subjectOf = (said: Said): string => ('subject' in said ? said.subject : '');

/** Says something of a group; the queue is then as the service has it. */
export function useAnswer(onDone: (said: Said) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    async onSettled() {
      await Promise.all(
        ['review', 'people', 'faces'].map((name) => queries.invalidateQueries({ queryKey: [name] })),
      );
    },
    onSuccess: (_, said) => onDone(said),
  });
}
