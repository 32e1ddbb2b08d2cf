import { type components, dataOf, ServiceError } from '@semblance/client';
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { api, setCsrfToken } from './client.ts';

export type Session = components['schemas']['Session'];
export type Role = Session['role'];

const roles: readonly Role[] = ['read', 'enrol', 'admin'];

/** Who is signed in; null where nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  async queryFn(): Promise<Session | null> {
    const { session } = dataOf(await api.http.GET('/api/v1/session'));
    setCsrfToken(session?.csrfToken ?? '');
    return session;
  },
  staleTime: 60_000,
});

/** Begins a session; the key is kept nowhere. */
export async function signIn(queries: QueryClient, key: string): Promise<void> {
  const session = dataOf(await api.http.POST('/api/v1/session', { body: { key } }));
  setCsrfToken(session.csrfToken);
  queries.setQueryData(sessionQuery.queryKey, session);
}

/** Ends the session, and forgets all that was seen in it. */
export async function signOut(queries: QueryClient): Promise<void> {
  const { error, response } = await api.http.DELETE('/api/v1/session');
  if (!response.ok && response.status !== 401) dataOf({ error, response });
  queries.setQueryData(sessionQuery.queryKey, null);
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
}

/** The session of whoever looks at a page: pages are shown to nobody else. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('nobody is signed in');
  return data;
}

/** Whether the key of a session opens what a role opens; what it does not open is not shown. */
export const may = (session: Session, role: Role): boolean =>
  roles.indexOf(session.role) >= roles.indexOf(role);

/** Whether an error means that the session is over. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ServiceError && ['SESSION_ENDED', 'SESSION_TOKEN', 'KEY_MISSING'].includes(error.code);
