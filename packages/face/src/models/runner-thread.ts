// A runner's thread: loads a network, then runs it until it is told to end.

import { serveChannel, transferring } from '@semblance/core/channel';
import { openNetwork } from './network.ts';

export interface RunnerData {
  /** The model; all runners of a network may share the memory. */
  bytes: Uint8Array;
  /** Threads within one run. */
  threads: number;
}

export async function openRunner({ bytes, threads }: RunnerData) {
  // ONNX Runtime takes no shared memory for a model.
  const network = await openNetwork(bytes.slice(), threads);
  return {
    info: { inputs: network.inputs, outputs: network.outputs },
    methods: {
      async infer({ data, shape }: { data: Float32Array; shape: number[] }) {
        const tensors = await network.infer(data, shape);
        // Outputs are large and of no use here: their memory moves.
        return transferring(
          tensors,
          tensors.map((tensor) => tensor.data.buffer as ArrayBuffer),
        );
      },
    },
    close: () => network.close(),
  };
}

await serveChannel(openRunner);
