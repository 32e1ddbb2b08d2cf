import { errorOf } from './service-error.ts';

/** What an operation of {@link Client.http} answers. */
export interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * What an operation answered, or its refusal thrown as a {@link ServiceError}.
 *
 * @example
 * ```ts
 * import { createClient, dataOf } from '@semblance/client';
 *
 * // in the place of a service: one that knows nobody
 * const fetch = async () => Response.json({ subjects: [] });
 * const client = createClient({ baseUrl: 'http://127.0.0.1:8080', fetch });
 * console.log(dataOf(await client.http.GET('/api/v1/recognition/subjects'))); // { subjects: [] }
 * ```
 */
export function dataOf<T>({ data, error, response }: Answer<T>): T {
  const isEmpty = response.status === 204;
  if (!response.ok || (data === undefined && !isEmpty)) throw errorOf(error, response);
  return data as T;
}
