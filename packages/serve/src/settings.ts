import { availableParallelism } from 'node:os';

/** How the engine of the service is laid out. */
export interface ServeSettings {
  /** Threads that decode pictures and detect faces. */
  pictureThreads: number;
  /** Threads within one run of a network. */
  networkThreads: number;
  /** Most faces of one batch of the recognizer, and how long the first waits for others. */
  maxBatch: number;
  maxWaitMs: number;
  /** Most pixels of a picture that is decoded. */
  maxPixels: number;
}

/**
 * The threads, batches and pixel limit that a service has where it is told nothing else: one thread for pictures less than
 * this machine has cores, since detection is most of the work and each thread keeps one core busy.
 *
 * @example
 * ```ts
 * import { defaultSettings } from '@semblance/serve';
 *
 * const { maxBatch, maxWaitMs, maxPixels } = defaultSettings();
 * console.log(maxBatch, maxWaitMs, maxPixels); // 16 3 50000000
 * ```
 */
export function defaultSettings(): ServeSettings {
  const cores = availableParallelism();
  return {
    pictureThreads: Math.max(1, cores - 1),
    networkThreads: 1,
    maxBatch: 16,
    maxWaitMs: 3,
    maxPixels: 50_000_000,
  };
}
