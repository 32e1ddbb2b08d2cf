import { once } from 'node:events';
import { parentPort, type Transferable, workerData } from 'node:worker_threads';
import { isExiting, noteAnswer, noteNoAnswers } from './exit-wait.ts';
import { CHANNEL_FLAG } from './process-link.ts';
import type { FromWorker, Start, StartOfProcess, ToWorker } from './wire.ts';

/** The way from a worker to whoever calls it. */
export interface Parent {
  /** What the channel was started with. */
  readonly data: unknown;
  /** Whether nobody waits for answers any more: the worker begins nothing. */
  readonly isGone: boolean;
  post(message: FromWorker, transfer?: readonly Transferable[]): void;
  listen(take: (message: ToWorker) => void): void;
  /** To be called for each call once. */
  noteAnswer(): void;
  /** For a worker that will answer no call. */
  noteNoAnswers(): void;
}

/** @throws Error in a thread or process that no channel has started */
export async function openParent(): Promise<Parent> {
  if (parentPort !== null) return parentOfThread(parentPort, workerData as Start);
  if (process.send && process.argv.includes(CHANNEL_FLAG)) return parentOfProcess();
  throw new Error('serveChannel answers from a worker, and this is none');
}

function parentOfThread(port: NonNullable<typeof parentPort>, { data, state }: Start): Parent {
  return {
    data,
    get isGone() {
      return isExiting(state);
    },
    post: (message, transfer) => port.postMessage(message, transfer),
    listen(take) {
      port.on('message', take);
      // a message that cannot be read has no call to fail: the thread ends, and says why
      port.on('messageerror', (error: Error) => {
        throw error;
      });
    },
    noteAnswer: () => noteAnswer(state),
    noteNoAnswers: () => noteNoAnswers(state),
  };
}

async function parentOfProcess(): Promise<Parent> {
  // the whole group hears Ctrl-C; it is the parent that decides what is finished first
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  process.once('disconnect', () => process.exit());
  const [{ start }] = (await once(process, 'message')) as [StartOfProcess];
  return {
    data: start,
    get isGone() {
      return !process.connected;
    },
    // without a callback, a parent that has gone meanwhile would be an error of this process
    post: (message) => void process.send!(message, undefined, {}, () => {}),
    listen: (take) => void process.on('message', (message) => take(message as ToWorker)),
    noteAnswer: () => {},
    noteNoAnswers: () => {},
  };
}
