/**
 * Calls to worker threads, typed: requests, progress, cancelling, transfer, and the death of a worker.
 *
 * @module
 */

export {
  type Call,
  type DataOf,
  type InfoOf,
  type Methods,
  type MethodsOf,
  type OpenWorker,
  type PayloadOf,
  Transferring,
  transferring,
  type ValueOf,
  type WorkerRole,
} from './methods.ts';
export { serveChannel } from './serve-channel.ts';
export { type CallOptions, type ChannelOptions, WorkerChannel } from './worker-channel.ts';
