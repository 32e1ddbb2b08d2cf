import { TorchError, type TorchErrorCode } from '../error.ts';
import { type Handle, native } from '../native.ts';

/** A store, a process group or a gradient reducer of c10d; the addon frees it when it is released or forgotten. */
export type DistHandle = object & { readonly __dist: unique symbol };

/** What `native/distributed*.cc` exports; each function's contract is written there. */
export interface DistNative {
  tcpStore(host: string, port: number, isServer: boolean, numWorkers: number, timeoutMs: number): DistHandle;
  fileStore(path: string, numWorkers: number, timeoutMs: number): DistHandle;
  prefixStore(prefix: string, store: DistHandle): DistHandle;
  storeSet(store: DistHandle, key: string, value: string): void;
  storeGet(store: DistHandle, key: string): string;
  storeAdd(store: DistHandle, key: string, amount: number): number;
  addressTowards(host: string): string;
  glooGroup(
    store: DistHandle,
    rank: number,
    worldSize: number,
    timeoutMs: number,
    networkInterface: string | null,
    address: string | null,
  ): DistHandle;
  distRelease(object: DistHandle): void;
  dieWithParent(pid: number): void;
  allReduce(group: DistHandle, tensor: Handle, op: string): void;
  allReduceAsync(group: DistHandle, tensor: Handle, op: string): Promise<void>;
  broadcast(group: DistHandle, tensor: Handle, source: number): void;
  allGather(group: DistHandle, tensor: Handle): Handle;
  reduceScatter(group: DistHandle, tensor: Handle, counts: number[], op: string): Handle;
  barrier(group: DistHandle): void;
  monitoredBarrier(group: DistHandle, timeoutMs: number): void;
  reducer(
    group: DistHandle,
    params: Handle[],
    names: string[],
    bucketBytes: number,
    firstBucketBytes: number,
    findUnusedParameters: boolean,
    gradientAsBucketView: boolean,
  ): DistHandle;
  reducerBeforeForward(reducer: DistHandle): boolean;
  reducerBeforeBackward(reducer: DistHandle, outputs: Handle[]): void;
  broadcastCoalesced(group: DistHandle, tensors: Handle[], bufferBytes: number, source: number): void;
  gatherRows(group: DistHandle, x: Handle, gradientScale: number): Handle;
  shardedCrossEntropy(group: DistHandle, logits: Handle, labels: Handle): Handle;
  syncBatchNorm(
    group: DistHandle,
    x: Handle,
    weight: Handle | null,
    bias: Handle | null,
    runningMean: Handle,
    runningVar: Handle,
    momentum: number,
    eps: number,
  ): Handle;
}

export const dist = native as unknown as DistNative;

/** Runs `fn` and turns the addon's errors into TorchErrors; what has no better code is DIST_FAILED. */
export function guarded<T>(fn: () => T): T {
  try {
    return fn();
  } catch (error) {
    throw explained(error);
  }
}

/** {@link guarded} of what ends later. */
export async function guardedLater<T>(fn: () => Promise<T>): Promise<T> {
  try {
    return await fn();
  } catch (error) {
    throw explained(error);
  }
}

function explained(error: unknown): unknown {
  const { code } = error as { code?: string };
  if (error instanceof TorchError || !(error instanceof Error) || code === undefined) return error;
  const own = code === 'TORCH_FAILED' ? 'DIST_FAILED' : (code as TorchErrorCode);
  return new TorchError(own, error.message, { cause: error });
}
