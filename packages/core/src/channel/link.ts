import type { Transferable } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './wire.ts';

/** The way to a worker, whatever it runs in. */
export interface Link {
  /** @throws DataCloneError where the message cannot be copied */
  post(message: ToWorker, transfer?: readonly Transferable[]): void;
  /** Whether the worker keeps this process alive. */
  hold(isHeld: boolean): void;
  /** Ends the worker now, whatever it does. */
  end(): Promise<void>;
}

/** What a link tells. */
export interface LinkEvents {
  message(message: FromWorker): void;
  /** A message came that cannot be read: the worker is of no more use. */
  garbled(error: Error): void;
  /** The worker has ended; told once or more, the first time with the best reason. */
  ended(reason: string, cause?: unknown): void;
}

/** Starts a worker that runs `module` and opens with `data`. */
export type OpenLink = (module: URL, data: unknown, events: LinkEvents) => Link;
