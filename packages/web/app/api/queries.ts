import { ServiceError } from '@semblance/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isSignedOut, sessionQuery } from './session.ts';

/** A session that ends while the page is open leads back to the sign-in, wherever that was found. */
const onError = (error: unknown): void => {
  if (isSignedOut(error)) void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
};

/** The answers of the service that are kept. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      // the client itself has asked again where the service had no place; what was refused stays refused
      retry: (numFailed, error) => !(error instanceof ServiceError) && numFailed < 2,
      staleTime: 10_000,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
