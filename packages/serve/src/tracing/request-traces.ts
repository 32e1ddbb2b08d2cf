import type { IncomingHttpHeaders } from 'node:http';
import type { OnStage } from '../fleet/stages.ts';

/** What is known of a request before its answer: the route's template, and nothing that the caller sent but its id. */
export interface TracedRequest {
  method: string;
  route: string | undefined;
  id: string;
  /** When its head had arrived, by `performance.now()`. */
  startMs: number;
  headers: IncomingHttpHeaders;
}

/** The trace of one request. */
export interface RequestTrace {
  /** Tells of a stage of its answer, by `performance.now()`. */
  stage: OnStage;
  /** Ends it with the status of its answer, and the code of the error where there was one. */
  end(status: number, code: string | null): void;
}

/** Makes traces of requests, and sends them. */
export interface RequestTraces {
  begin(request: TracedRequest): RequestTrace;
  /** Sends what has not been sent yet. */
  close(): Promise<void>;
}
