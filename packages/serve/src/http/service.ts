import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DetectOptions } from '@semblance/face/models';
import type { JobService } from '@semblance/jobs';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Collections } from '../collections/collections.ts';
import type { Deployments } from '../deployments/deployments.ts';
import type { FollowedAliases } from '../deployments/followed-aliases.ts';
import type { ErrorCode } from '../error.ts';
import type { OnStage } from '../fleet/stages.ts';
import type { KeyFile } from '../keys/key-file.ts';
import type { KeyRole } from '../keys/roles.ts';
import type { StoredKey } from '../keys/stored-keys.ts';
import type { ServiceLog } from '../log/service-log.ts';
import type { ReviewQueue } from '../review/review-queue.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { StorageWatch } from '../storage-watch.ts';
import type { RequestTrace, RequestTraces } from '../tracing/request-traces.ts';
import type { Admission } from './admission.ts';
import type { Expiry } from './collections/expiry.ts';
import type { Compat, Contract } from './contracts.ts';
import type { RateLimit } from './rate-limit.ts';
import type { ServiceMetrics } from './service-metrics.ts';

export interface ServiceLimits {
  /** Most bytes of a request. */
  maxBodyBytes: number;
  /** Requests with pictures that are taken at a time; more are sent away. Twice as many may be arriving. */
  maxInFlight: number;
  /** The same of one key: the others find a place, whatever it sends. */
  maxInFlightPerKey: number;
  /** Requests of one key each second, and at once; 0 for any number. */
  perSecond: number;
  burst: number;
}

/** What the routes work with. */
export interface Service {
  deployments: Deployments;
  /** Galleries beside the one that is deployed. */
  collections: Collections;
  /** Erases subjects whose time is up. */
  expiry: Expiry;
  keys: KeyFile;
  /** Who is signed in to the page. */
  sessions: Sessions;
  /** Faces that came back as nobody's; null where none are kept. */
  review: ReviewQueue | null;
  /** Who changes what is written there first. */
  audit: AuditLog;
  /** Looks whether they have changed; before each look at one. */
  followKeys(): void;
  /** Where the built page lies; null where it was not built. */
  page: string | null;
  /** Training jobs of this machine; null where they are not served. */
  jobs: JobService | null;
  /** Aliases of versions that are deployed whenever they are moved. */
  followed: FollowedAliases;
  /** The folder that callers name data of jobs in, by paths relative to it. */
  dataDir: string;
  metrics: ServiceMetrics;
  /** Whether what has to be written can be. */
  storage: StorageWatch;
  limits: ServiceLimits;
  /** Bodies that arrive, and work that is done, each with places of its own. */
  arriving: Admission;
  admission: Admission;
  /** Null where a key may make any number of requests. */
  rateLimit: RateLimit | null;
  /** How faces are looked for where a request does not say. */
  detect: DetectOptions;
  /** Whose contract CompreFace's routes keep. */
  compat: Compat;
  /** Its particulars. */
  contract: Contract;
  /** Origins whose pages may call it from a browser; `*` for any. */
  cors: readonly string[];
  /** Set once it has been told to end: balancers send nothing more, and what they still send is answered for a while. */
  isLeaving: boolean;
  /** Set once requests are refused, too. */
  isDraining: boolean;
  /** Ends what would go on for ever: streams of events. */
  ending: AbortController;
  /** Traces of requests; null where nobody takes them. */
  traces: RequestTraces | null;
  /** Told of requests, of faults and of what it does by itself. */
  log: ServiceLog;
  /** Looks at the machine, as `semblance doctor` does; null where nobody does. */
  checks: (() => Promise<readonly MachineCheck[]>) | null;
}

/** What was found of one thing that has to be in place. */
export interface MachineCheck {
  name: string;
  /** `limited`: something works less well or not at all, the rest does. */
  state: 'ok' | 'limited' | 'broken';
  detail: string;
  /** The one command that mends it. */
  mend?: string;
}

/** What a route says of itself besides its schema. */
export interface RouteConfig {
  /** The role a key needs; null where none is needed. */
  role: KeyRole | null;
  /** Whether it takes the networks' time, and is sent away where there is too much of that. */
  isInference?: boolean;
  /** The shape of its errors; CompreFace's if not given. */
  errors?: 'inference-protocol' | 'model-arts';
  /** Codes of errors that are its own, beside those of its kind (`openapi/error-codes.ts`). */
  codes?: readonly ErrorCode[];
  /** Parts of a form, or texts in base64 of a JSON body, that hold pictures: for the document of the API. */
  pictures?: readonly string[];
  /** Most pictures of each of those names; 1 if not given. */
  mostPictures?: number;
  /** The type of its answer where that is not JSON: for the document too. */
  answers?: string;
  /** Whether JSON comes and goes with binary tensors behind it, too, as `application/octet-stream`. */
  takesTensors?: boolean;
}

/** The HTTP side, whose routes take their types from their schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** A group of routes: one file, one line in the table. */
export type RouteGroup = (app: App, service: Service) => void;

declare module 'fastify' {
  interface FastifyContextConfig extends Partial<RouteConfig> {}
  interface FastifyRequest {
    /** Whose request it is; null on routes that need no key. */
    key: StoredKey | null;
    /** The code of the error that it was answered with. */
    failure: ErrorCode | null;
    /** Told of the stages of its answer. */
    onStage: OnStage;
    /** Its trace; null where none is made. */
    trace: RequestTrace | null;
  }
  interface FastifySchema {
    /** For the document of the API, and what is made from it. */
    operationId?: string;
    summary?: string;
    tags?: readonly string[];
    /** Left out of the document: no operation of the API. */
    hide?: boolean;
  }
}
