import { asSemblanceError, isErrorCode, SemblanceError } from '../error.ts';
import type { SharedState } from './exit-wait.ts';

/** What a worker thread is started with. */
export interface Start {
  data: unknown;
  state: SharedState;
}

/** The first message to a worker in a process of its own. */
export interface StartOfProcess {
  start: unknown;
}

/** To a worker: a call, or the end where `method` is null; or that the answer to a call is no longer wanted. */
export type ToWorker = { id: number; method: string | null; payload: unknown } | { cancel: number };

/** From a worker: the one answer to a call, or how far it is. The answer to opening has {@link OPENING} for its id. */
export type FromWorker =
  | { id: number; value: unknown }
  | { id: number; error: SentError }
  | { id: number; progress: unknown };

export const OPENING = 0;

/** An error on its way: its class is lost in a copy. */
export interface SentError {
  code: string;
  message: string;
  /** Where an error that is not a SemblanceError came from. */
  stack?: string;
}

export function sendError(thrown: unknown): SentError {
  const error = ownError(thrown);
  const { cause } = error;
  return { ...error.toJSON(), ...(cause instanceof Error && cause.stack ? { stack: cause.stack } : {}) };
}

/** What a worker could not open is its own affair, unless it says otherwise: its caller named no file. */
function ownError(thrown: unknown): SemblanceError {
  const error = asSemblanceError(thrown);
  if (error === thrown || error.fault === 'ours') return error;
  return new SemblanceError('INTERNAL', (thrown as Error).message, { cause: thrown });
}

/** The error with its code, or as INTERNAL where no table of this thread has the code. */
export function receiveError({ code, message, stack }: SentError): SemblanceError {
  const cause = stack === undefined ? undefined : Object.assign(new Error(message), { stack });
  return new SemblanceError(isErrorCode(code) ? code : 'INTERNAL', message, { cause });
}
