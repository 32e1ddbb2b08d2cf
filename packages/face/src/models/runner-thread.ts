// A runner's thread: loads a network, then runs it until it is told to end.

import { serveChannel, transferring } from '@semblance/core/channel';
import { openSession } from './session.ts';

export interface RunnerData {
  /** The model; all runners of a network may share the memory. */
  bytes: Uint8Array;
  /** Threads within one run. */
  threads: number;
}

export async function openRunner({ bytes, threads }: RunnerData) {
  // ONNX Runtime takes no shared memory for a model.
  const session = await openSession(bytes.slice(), { threads });
  return {
    info: { inputs: session.inputs, outputs: session.outputs },
    methods: {
      async infer({ data, shape }: { data: Float32Array; shape: number[] }) {
        const tensors = await session.infer(data, shape);
        // Outputs are large and of no use here: their memory moves.
        return transferring(
          tensors,
          tensors.map((tensor) => tensor.data.buffer as ArrayBuffer),
        );
      },
    },
    close: () => session.dispose(),
  };
}

await serveChannel(openRunner);
