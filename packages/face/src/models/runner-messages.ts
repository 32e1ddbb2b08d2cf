import type { ErrorCode } from '../error.ts';
import type { OutputTensor, Port } from './session.ts';

/** What a runner is started with. */
export interface RunnerData {
  /** The model; all runners of a network may share the memory. */
  bytes: Uint8Array;
  /** Threads within one run. */
  threads: number;
}

/** To a runner: an input, or null to end. */
export type ToRunner = { data: Float32Array; shape: number[] } | null;

/** From a runner: what its network takes and gives, once it is loaded; then one answer to each message. */
export type FromRunner =
  | { inputs: Port[]; outputs: Port[] }
  | { tensors: OutputTensor[] }
  | { error: { code: ErrorCode; message: string } };
