import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { FrameReader, frameOf } from './frames.ts';
import type { Link, LinkEvents } from './link.ts';
import type { FromWorker, StartOfProcess, ToWorker } from './wire.ts';

/** What a process is told by its arguments: that it answers a channel. */
export const CHANNEL_FLAG = '--semblance-channel';
/** The pipe that a channel to a process goes through, by the number it has there. */
export const CHANNEL_FD = 3;

/**
 * A worker in a process of its own: it can be killed whatever it does, and a crash of its native code ends it alone. Its
 * messages are copied; nothing moves, and no memory is shared. What it prints goes to this process's standard error.
 *
 * Messages go through a pipe of their own: that of `fork` copies every array twice more.
 */
export function openProcess(module: URL, data: unknown, events: LinkEvents): Link {
  const args = ['--disable-warning=ExperimentalWarning', fileURLToPath(module), CHANNEL_FLAG];
  // 'overlapped' is 'pipe', and on Windows one that is read and written at once
  const child = spawn(process.execPath, args, { stdio: ['ignore', 2, 2, 'overlapped'] });
  // none where the process could not be started; its error comes
  const pipe = child.stdio?.[CHANNEL_FD] as Socket | undefined;
  const reader = new FrameReader((message) => events.message(message as FromWorker));
  pipe?.on('data', (bytes: Uint8Array) => {
    try {
      reader.push(bytes);
    } catch (error) {
      events.garbled(error as Error);
    }
  });
  // whoever waits hears of the worker's end from its exit
  pipe?.on('error', () => {});
  const send = (message: ToWorker | StartOfProcess): void => {
    if (pipe) sendFrame(pipe, message);
  };
  child.once('error', (error) => events.ended(error.message, error));
  child.once('exit', (code, signal) => events.ended(signal ? `signal ${signal}` : `code ${code}`));
  try {
    send({ start: data });
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return { post: send, hold: (isHeld) => hold(child, pipe, isHeld), end: () => kill(child) };
}

/** @throws Error where the message cannot be copied */
export function sendFrame(pipe: Socket, message: unknown): void {
  const pieces = frameOf(message);
  if (!pipe.writable) return;
  pipe.cork();
  for (const piece of pieces) pipe.write(piece);
  pipe.uncork();
}

function hold(child: ChildProcess, pipe: Socket | undefined, isHeld: boolean): void {
  if (isHeld) child.ref();
  else child.unref();
  if (isHeld) pipe?.ref();
  else pipe?.unref();
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
