import type { Transferable } from 'node:worker_threads';

/** What a method learns of the call besides its payload. */
export interface Call<Progress = unknown> {
  /** Aborts when the caller no longer wants the value. */
  readonly signal: AbortSignal;
  /** Tells the caller how far the method is. */
  progress(value: Progress): void;
}

/** The methods of a worker: each takes one payload and gives one value. Both are copied, see {@link transferring}. */
export type Methods = Record<string, (payload: never, call: Call<never>) => unknown>;

/** What a worker is once it has opened. */
export interface WorkerRole {
  methods: Methods;
  /** What the opening thread is told. */
  info?: unknown;
  /** Gives back what the worker holds; nothing is in work then. */
  close?(): Promise<void> | void;
}

/** Opens a worker from the data it is started with: what a worker's module hands to `serveChannel`. */
export type OpenWorker = (data: never) => Promise<WorkerRole> | WorkerRole;

export type DataOf<O extends OpenWorker> = Parameters<O>[0];
export type MethodsOf<O extends OpenWorker> = Awaited<ReturnType<O>>['methods'];
export type InfoOf<O extends OpenWorker> =
  Awaited<ReturnType<O>> extends { info: infer Info } ? Info : undefined;

export type PayloadOf<M, K extends keyof M> = M[K] extends (payload: infer P, ...rest: never) => unknown
  ? P
  : never;
export type ProgressOf<M, K extends keyof M> = M[K] extends (payload: never, call: Call<infer P>) => unknown
  ? P
  : never;
export type ValueOf<M, K extends keyof M> = M[K] extends (...args: never) => infer R
  ? Awaited<R> extends Transferring<infer V>
    ? V
    : Awaited<R>
  : never;

/** A value whose memory moves to the caller: see {@link transferring}. */
export class Transferring<V> {
  readonly value: V;
  readonly transfer: readonly Transferable[];

  constructor(value: V, transfer: readonly Transferable[]) {
    this.value = value;
    this.transfer = transfer;
  }
}

/**
 * What a method returns so that buffers of its value are handed over instead of copied; they are empty here afterwards.
 *
 * @example
 * ```ts
 * import { transferring } from '@semblance/core/channel';
 *
 * function render(width: number, height: number) {
 *   const pixels = new Uint8Array(3 * width * height);
 *   return transferring({ width, height, pixels }, [pixels.buffer]);
 * }
 * console.log(render(4, 2).value.pixels.length); // 24
 * ```
 */
export const transferring = <V>(value: V, transfer: readonly Transferable[]): Transferring<V> =>
  new Transferring(value, transfer);
