import { siblingModule } from '@semblance/core';
import { WorkerChannel } from '@semblance/core/channel';
import type { openMaker } from './loader-worker.ts';
import { type BatchOf, createMaker, type MakerConfig } from './makers.ts';
import type { Sampler } from './sampler.ts';

/** Batches of a run of steps, made ahead of the loop that asks for them. */
export interface Loader<B> {
  /** The batch of the next step. */
  next(): Promise<B>;
  /** Ends the worker threads. */
  close(): Promise<void>;
}

export interface LoaderOptions {
  sampler: Sampler;
  /** The first step whose batch is wanted. */
  startStep: number;
  /** The step after the last. */
  endStep: number;
  /** Worker threads; 0 makes batches when they are asked for, in this thread. */
  workers: number;
}

/** Batches made ahead by each worker: one ready while the next is made. */
const aheadPerWorker = 2;

/** Threads for loading, of so many cores: the loop's own operators want the others. */
export function autoWorkers(cores: number): number {
  return Math.min(8, Math.max(1, Math.floor(cores / 2)));
}

/**
 * Starts loading. The batches do not depend on the number of workers: each is a function of seed and step.
 *
 * @throws (from next) what making the batch threw, as a SemblanceError
 */
export function createLoader<K extends MakerConfig['kind']>(
  maker: Extract<MakerConfig, { kind: K }>,
  { sampler, startStep, endStep, workers }: LoaderOptions,
): Loader<BatchOf[K]> {
  const requestOf = (step: number) => ({
    step,
    epoch: sampler.position(step).epoch,
    indices: sampler.batch(step),
  });
  if (workers === 0) {
    const local = createMaker(maker);
    let step = startStep;
    return {
      next: () => local.make(requestOf(step++)) as Promise<BatchOf[K]>,
      close: async () => {},
    };
  }

  const data: MakerConfig = maker;
  const module = siblingModule(import.meta.url, './loader-worker');
  const threads = Array.from(
    { length: workers },
    () => new WorkerChannel<typeof openMaker>(module, { name: 'a loading thread', data }),
  );
  const ahead: Promise<BatchOf[K]>[] = [];
  let nextStep = startStep;
  const ask = () => {
    if (nextStep >= endStep) return;
    const thread = threads[nextStep % workers]!;
    const batch = thread.call('make', requestOf(nextStep++)) as Promise<BatchOf[K]>;
    // A failure is reported where the batch is asked for, and must not end the process before.
    batch.catch(() => {});
    ahead.push(batch);
  };
  for (let i = 0; i < workers * aheadPerWorker; i++) ask();
  return {
    async next() {
      const batch = ahead.shift();
      if (!batch) throw new RangeError('there are no more batches');
      ask();
      return batch;
    },
    async close() {
      // what is being made is not wanted any more
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
