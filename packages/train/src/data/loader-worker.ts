// A thread that makes the batches it is asked for.

import { setPriority } from 'node:os';
import { serveChannel, transferring } from '@semblance/core/channel';
import { type BatchRequest, transferables } from './batch-maker.ts';
import { createMaker, type MakerConfig } from './makers.ts';

if (process.platform === 'linux') {
  // There a priority belongs to a thread. Operators wait for the slowest of their threads: one that is pushed aside
  // for loading holds up all, whereas loading runs ahead and has time.
  setPriority(10);
}

export function openMaker(config: MakerConfig) {
  const maker = createMaker(config);
  return {
    methods: {
      async make(request: BatchRequest) {
        const batch = await maker.make(request);
        return transferring(batch, transferables(batch));
      },
    },
  };
}

await serveChannel(openMaker);
