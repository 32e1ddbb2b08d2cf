import type { MultiboxTargets } from '../detector/batch-targets.ts';

/** Which samples make a batch. */
export interface BatchRequest {
  /** The training step the batch is for. */
  step: number;
  epoch: number;
  indices: Uint32Array;
}

interface BatchBase {
  /** [N, S, S, 3] bytes: N images, row by row. */
  pixels: Uint8Array;
  /** Photos that could not be used, with the reason: `a.jpg cannot be read`; other samples stand in for them. */
  leftOut: string[];
}

/** Pixels are R, G, B. */
export interface RecognitionBatch extends BatchBase {
  labels: BigInt64Array;
}

/** Pixels are B, G, R. */
export interface DetectionBatch extends BatchBase {
  /** S */
  inputSize: number;
  targets: MultiboxTargets;
}

/** Makes batches from requests alone, so that any thread can make any batch. */
export interface BatchMaker<B extends BatchBase> {
  make(request: BatchRequest): Promise<B>;
}

/** Buffers of a batch that can be handed over to another thread without a copy. */
export function transferables(batch: RecognitionBatch | DetectionBatch): ArrayBuffer[] {
  const arrays = [batch.pixels, ...('labels' in batch ? [batch.labels] : Object.values(batch.targets))];
  return arrays.map((array) => array.buffer as ArrayBuffer);
}
