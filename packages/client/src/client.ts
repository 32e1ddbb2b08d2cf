import createFetchClient, { type Client as FetchClient } from 'openapi-fetch';
import { dataOf } from './data-of.ts';
import { eventsOf } from './events.ts';
import { formOf, type Picture } from './pictures.ts';
import { retrying } from './retry.ts';
import type { components, operations, paths } from './schema.gen.ts';

type Schemas = components['schemas'];
type QueryOf<Name extends keyof operations> = NonNullable<operations[Name]['parameters']['query']>;

/** How a client reaches its service. */
export interface ClientOptions {
  /** Where the service is: `https://faces.example.org`. */
  baseUrl: string;
  /** A key from `semblance keys create`. */
  apiKey?: string;
  /** How many times it asks again where the service has no place (429, 503). Default: 2. */
  retries?: number;
  /** Another `fetch`, for proxies and tests. */
  fetch?: typeof globalThis.fetch;
}

/** Names a version of a training job. */
export interface VersionPlace {
  job: string;
  /** As `V0003`. */
  version: string;
  /** Any word: the service has one project. Default: `default`. */
  project?: string;
}

/** The service, typed from its own OpenAPI document. Each of these throws {@link ServiceError}. */
export interface Client {
  /** Every operation by its path, as openapi-fetch has it: answers come as `{ data, error, response }`, nothing is thrown. */
  readonly http: FetchClient<paths>;
  /** The faces of a picture, the biggest first, each with the people it may be. */
  recognize(picture: Picture, query?: QueryOf<'recognizeFaces'>): Promise<Schemas['RecognizedFace'][]>;
  /** The faces of a picture, the biggest first. */
  detect(
    picture: Picture,
    query?: QueryOf<'detectFaces'>,
  ): Promise<operations['detectFaces']['responses'][200]['content']['application/json']['result']>;
  /** Compares the biggest face of one picture with every face of another. */
  verify(
    source: Picture,
    target: Picture,
    query?: QueryOf<'verifyFaces'>,
  ): Promise<operations['verifyFaces']['responses'][200]['content']['application/json']['result']>;
  /** Adds a photo of somebody, who needs not be known before. */
  addFace(
    subject: string,
    picture: Picture,
    query?: Omit<QueryOf<'addFaceExample'>, 'subject'>,
  ): Promise<Schemas['StoredFace']>;
  /** The names of all people, in order. */
  listSubjects(): Promise<string[]>;
  /** Removes a person with all faces. */
  deleteSubject(subject: string): Promise<void>;
  /** Points of a version's curves as they come, and its states, until it ends. */
  watchMetrics(place: VersionPlace, signal?: AbortSignal): AsyncGenerator<Schemas['MetricEvent']>;
  /** A version's log as it is written, and its states, until it ends. */
  followLog(place: VersionPlace, signal?: AbortSignal): AsyncGenerator<Schemas['LogEvent']>;
  /** What happens to all versions of the project, as it happens, until whoever iterates has enough. */
  watchJobs(signal?: AbortSignal): AsyncGenerator<Schemas['JobEvent']>;
}

const asForm = { bodySerializer: (body: unknown): FormData => formOf(body as Record<string, Picture>) };
const asStream = (signal: AbortSignal | undefined) =>
  ({ parseAs: 'stream', ...(signal && { signal }) }) as const;

/**
 * A client of a Semblance service, for Node.js and browsers.
 *
 * @example
 * ```ts
 * import { createClient } from '@semblance/client';
 *
 * // in the place of a service: one that answers as it does to a photo of somebody it knows
 * const answer = { result: [{ subjects: [{ subject: 'Ada', similarity: 0.83 }], reason: null }] };
 * const client = createClient({
 *   baseUrl: 'http://127.0.0.1:8080',
 *   apiKey: 'a key of yours',
 *   fetch: async () => Response.json(answer),
 * });
 * for (const { subjects, reason } of await client.recognize(new Blob(['a photo'])))
 *   console.log(reason ?? subjects[0]?.subject); // Ada
 * ```
 */
export function createClient({
  baseUrl,
  apiKey,
  retries = 2,
  fetch = globalThis.fetch,
}: ClientOptions): Client {
  const http = createFetchClient<paths>({
    baseUrl,
    ...(apiKey === undefined ? {} : { headers: { 'x-api-key': apiKey } }),
    fetch: retrying(fetch, retries),
  });
  const base = '/v1/{project}/training-jobs/{job}/versions/{version}' as const;
  const pathOf = ({ project = 'default', ...place }: VersionPlace) => ({ path: { project, ...place } });
  return {
    http,
    async recognize(file, query = {}) {
      const path = '/api/v1/recognition/recognize';
      return dataOf(await http.POST(path, { params: { query }, body: { file } as never, ...asForm })).result;
    },
    async detect(file, query = {}) {
      const path = '/api/v1/detection/detect';
      return dataOf(await http.POST(path, { params: { query }, body: { file } as never, ...asForm })).result;
    },
    async verify(source_image, target_image, query = {}) {
      const body = { source_image, target_image } as never;
      return dataOf(await http.POST('/api/v1/verification/verify', { params: { query }, body, ...asForm }))
        .result;
    },
    async addFace(subject, file, query = {}) {
      const params = { query: { ...query, subject } };
      return dataOf(
        await http.POST('/api/v1/recognition/faces', { params, body: { file } as never, ...asForm }),
      );
    },
    async listSubjects() {
      return dataOf(await http.GET('/api/v1/recognition/subjects')).subjects;
    },
    async deleteSubject(subject) {
      const params = { path: { subject } };
      dataOf(await http.DELETE('/api/v1/recognition/subjects/{subject}', { params }));
    },
    async *watchMetrics(place, signal) {
      const init = { params: pathOf(place), ...asStream(signal) };
      yield* eventsOf<Schemas['MetricEvent']>(dataOf(await http.GET(`${base}/metrics/stream`, init))!);
    },
    async *followLog(place, signal) {
      const init = { params: pathOf(place), ...asStream(signal) };
      yield* eventsOf<Schemas['LogEvent']>(dataOf(await http.GET(`${base}/logs/stream`, init))!);
    },
    async *watchJobs(signal) {
      const init = { params: { path: { project: 'default' } }, ...asStream(signal) };
      const path = '/v1/{project}/training-job-events/stream';
      yield* eventsOf<Schemas['JobEvent']>(dataOf(await http.GET(path, init))!);
    },
  };
}
