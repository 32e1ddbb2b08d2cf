// A thread that loads batches of a dataset; see workers.ts.

import { serveChannel, transferring } from '@semblance/core/channel';
import { TorchError } from '../error.ts';
import { BatchReader } from './load.ts';
import { pack } from './parts.ts';
import type { DatasetModule } from './workers.ts';

export async function openDatasetWorker({ module, data }: { module: string; data: unknown }) {
  const loaded = (await import(module)) as Partial<DatasetModule>;
  if (typeof loaded.default !== 'function')
    throw new TorchError('DATASET_FAILED', `${module}: Expected a default export that makes a dataset`);
  const reader = new BatchReader(await loaded.default(data));
  return {
    info: { length: reader.length },
    methods: {
      async load({ indices, epoch }: { indices: Uint32Array; epoch: number }) {
        const { packed, buffers } = await reader.read(indices, epoch, pack);
        return transferring(packed, buffers);
      },
    },
  };
}

await serveChannel(openDatasetWorker);
