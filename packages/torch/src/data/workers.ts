import { siblingModule } from '@semblance/core';
import { WorkerChannel } from '@semblance/core/channel';
import { TorchError } from '../error.ts';
import { unscoped } from '../scope.ts';
import type { BatchSource } from './data-loader.ts';
import type { AnyDataset } from './dataset.ts';
import { unpack } from './parts.ts';
import type { openDatasetWorker } from './worker.ts';

/** A module whose default export makes a dataset out of plain data. */
export interface DatasetModule {
  // biome-ignore lint/suspicious/noExplicitAny: each module has data of its own
  default(data: any): AnyDataset | Promise<AnyDataset>;
}

/** The dataset that a module makes. */
export type DatasetIn<Module extends DatasetModule> = Awaited<ReturnType<Module['default']>>;

/** Batches that each thread has in work or ready at a time. */
const PER_WORKER = 2;

/** Opens the dataset in every thread. @throws TorchError DATASET_FAILED */
export async function openWorkers<Batch>(
  module: URL,
  data: unknown,
  numWorkers: number,
): Promise<BatchSource<Batch>> {
  const place = siblingModule(import.meta.url, './worker');
  const channels = Array.from(
    { length: numWorkers },
    () =>
      new WorkerChannel<typeof openDatasetWorker>(place, {
        name: 'a loading thread',
        data: { module: module.href, data },
      }),
  );
  const close = async () => void (await Promise.all(channels.map((channel) => channel.close())));
  try {
    const [info] = await Promise.all(channels.map(({ ready }) => ready));
    return {
      length: info!.length,
      ahead: PER_WORKER * numWorkers,
      load: (indices, epoch) => load(channels, indices, epoch),
      close,
    };
  } catch (cause) {
    await close();
    throw failed(cause);
  }
}

async function load<Batch>(
  channels: readonly WorkerChannel<typeof openDatasetWorker>[],
  indices: Uint32Array,
  epoch: number,
): Promise<Batch> {
  const idle = channels.reduce((a, b) => (b.numCalls < a.numCalls ? b : a));
  try {
    const packed = await idle.call('load', { indices, epoch });
    return unscoped(() => unpack(packed)) as Batch;
  } catch (cause) {
    throw failed(cause);
  }
}

const failed = (cause: unknown) =>
  new TorchError('DATASET_FAILED', cause instanceof Error ? cause.message : String(cause), { cause });
