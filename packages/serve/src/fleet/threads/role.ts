import type { Transferable } from 'node:worker_threads';

/** What a thread answers, with the buffers that are handed over and not copied. */
export interface Answer<T = unknown> {
  value: T;
  transfer?: Transferable[];
}

/** The methods of a thread: each takes one payload and gives one answer. */
export type Methods = Record<string, (payload: never) => Promise<Answer> | Answer>;

/** A kind of thread: what it loads once, and what it then does. One file in `roles/`, one line in their table. */
export interface Role<Data, M> {
  open(data: Data): Promise<{ methods: M; close(): Promise<void> }>;
}

export type PayloadOf<M, K extends keyof M> = M[K] extends (payload: infer P) => unknown ? P : never;
export type ValueOf<M, K extends keyof M> = M[K] extends (payload: never) => infer R
  ? Awaited<R> extends Answer<infer V>
    ? V
    : never
  : never;

/** What goes to a thread. */
export type ToThread = { id: number; method: string; payload: unknown } | { id: number; method: null };

/** What comes from it; 0 is the answer to being started. */
export type FromThread =
  | { id: number; value: unknown }
  | { id: number; error: { code: string; message: string } };
