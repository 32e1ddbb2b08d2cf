import { availableParallelism } from 'node:os';

/** How the engine of the service is laid out. */
export interface ServeSettings {
  /** Processes that decode pictures and detect faces. */
  pictureWorkers: number;
  /** Threads within one run of a network. */
  networkThreads: number;
  /** Most faces of one batch of the recognizer, and how long the first waits for others. */
  maxBatch: number;
  maxWaitMs: number;
  /** Most pixels of a picture that is decoded. */
  maxPixels: number;
  /** Most faces that are found and embedded in a picture; of more the best-scored. */
  maxFaces: number;
  /** The longest that a worker may take for one picture or one batch, ms; one that takes longer is stopped. */
  maxWorkMs: number;
}

/**
 * The processes, threads, batches and limits that a service has where it is told nothing else: one process for pictures less
 * than this machine has cores, since detection is most of the work and each process keeps one core busy; three at least: one
 * for whoever has most of the work, and two, so that while one that was lost is replaced the other one answers.
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
    pictureWorkers: Math.max(3, cores - 1),
    networkThreads: 1,
    maxBatch: 16,
    maxWaitMs: 3,
    maxPixels: 50_000_000,
    maxFaces: 100,
    maxWorkMs: 30_000,
  };
}
