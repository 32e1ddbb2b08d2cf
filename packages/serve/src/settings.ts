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

/** For this machine: detection is most of the work, and each of its threads keeps one core busy. */
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
