import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Link, LinkEvents } from './link.ts';
import type { FromWorker, StartOfProcess, ToWorker } from './wire.ts';

/** What a process is told by its arguments: that it answers a channel. */
export const CHANNEL_FLAG = '--semblance-channel';

/**
 * A worker in a process of its own: it can be killed whatever it does, and a crash of its native code ends it alone. Its
 * messages are copied; nothing moves, and no memory is shared. What it prints goes to this process's standard error.
 */
export function openProcess(module: URL, data: unknown, events: LinkEvents): Link {
  const child = fork(fileURLToPath(module), [CHANNEL_FLAG], {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const send = (message: ToWorker | StartOfProcess): void => {
    // whoever waits hears of the worker's end from its exit
    if (child.connected) child.send(message, () => {});
  };
  child.on('message', (message) => events.message(message as FromWorker));
  child.once('error', (error) => events.ended(error.message, error));
  child.once('exit', (code, signal) => events.ended(signal ? `signal ${signal}` : `code ${code}`));
  try {
    send({ start: data });
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return { post: send, hold: (isHeld) => hold(child, isHeld), end: () => kill(child) };
}

function hold(child: ChildProcess, isHeld: boolean): void {
  if (isHeld) child.ref();
  else child.unref();
  if (isHeld) child.channel?.ref();
  else child.channel?.unref();
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
