import { Socket } from 'node:net';
import { parentPort, type Transferable, workerData } from 'node:worker_threads';
import { isExiting, noteAnswer, noteNoAnswers } from './exit-wait.ts';
import { FrameReader } from './frames.ts';
import { CHANNEL_FD, CHANNEL_FLAG, sendFrame } from './process-link.ts';
import type { FromWorker, Start, StartOfProcess, ToWorker } from './wire.ts';

/** Most bytes of a pipe that are read at a time. */
const READ_BYTES = 2 ** 16;

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
  if (process.argv.includes(CHANNEL_FLAG)) return parentOfProcess();
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
  const came: unknown[] = [];
  const keep = (message: unknown): void => void came.push(message);
  let take = keep;
  const reader = new FrameReader((message) => take(message));
  // one buffer for all that is read: messages have their bytes elsewhere
  const buffer = new Uint8Array(READ_BYTES);
  const pipe = new Socket({
    fd: CHANNEL_FD,
    onread: {
      buffer,
      callback(numBytes) {
        reader.push(buffer.subarray(0, numBytes));
        return true;
      },
    },
  });
  // a parent that has gone meanwhile is no error of this process
  pipe.on('error', () => {});
  pipe.once('close', () => process.exit());
  const { start } = await new Promise<StartOfProcess>((resolve) => {
    take = (message) => {
      take = keep;
      resolve(message as StartOfProcess);
    };
  });
  return {
    data: start,
    get isGone() {
      return pipe.destroyed;
    },
    post: (message) => sendFrame(pipe, message),
    listen(listener) {
      take = (message) => listener(message as ToWorker);
      for (const message of came.splice(0)) take(message);
    },
    noteAnswer: () => {},
    noteNoAnswers: () => {},
  };
}
