import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

export interface CommandRun {
  command: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** File that gets what the command prints, besides this process's own streams. */
  log: string;
}

/** What a shell says of a command that is not there, and of one that may not be run. */
const NOT_FOUND = 127;
const NOT_RUNNABLE = 126;

const forwarded = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const;

/**
 * Runs a command to its end and keeps what it prints. Signals go on to it.
 *
 * @returns its exit code, 128 + n where signal n ended it; 127 where it is not there, 126 where it cannot be run
 */
export async function runCommand({ command, cwd, env, log }: CommandRun): Promise<number> {
  const [file, ...args] = command as [string, ...string[]];
  const child = spawn(file, args, { cwd, env: { ...env }, stdio: ['inherit', 'pipe', 'pipe'] });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of forwarded) process.on(signal, forward);
  const kept = createWriteStream(log, { flags: 'a' });
  try {
    const [code] = await Promise.all([
      new Promise<number>((resolve) => {
        child.once('error', (error: NodeJS.ErrnoException) => {
          kept.write(`${error.message}\n`);
          process.stderr.write(`${file} cannot be started: ${error.message}\n`);
          resolve(error.code === 'ENOENT' ? NOT_FOUND : NOT_RUNNABLE);
        });
        child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
      }),
      copy(child.stdout, process.stdout, kept),
      copy(child.stderr, process.stderr, kept),
    ]);
    return code;
  } finally {
    for (const signal of forwarded) process.off(signal, forward);
    kept.end();
    await finished(kept);
  }
}

/** A reader that is slow makes the command wait, as it would without us between. */
async function copy(from: Readable, ...to: Writable[]): Promise<void> {
  for await (const chunk of from) {
    await Promise.all(
      to.map((stream) => stream.write(chunk) || new Promise((resolve) => stream.once('drain', resolve))),
    );
  }
}
