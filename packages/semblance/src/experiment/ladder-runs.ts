import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { nodeCommand } from '@semblance/core';
import { makeFolder, withPath } from '@semblance/core/files';
import { canResume } from '@semblance/train/run-folder';
import { type ErrorCode, isErrorCode, SemblanceError } from '../error.ts';

export interface LadderRunsOptions {
  losses: readonly string[];
  data: string;
  /** Each loss gets a model folder of its name below. */
  out: string;
  /** Keys of the recipes, `epochs=2`. */
  set: Readonly<Record<string, string>>;
  /** Runs at a time. */
  jobs: number;
  /** What a run says, line by line. */
  onLine(loss: string, line: string): void;
  /** A run has ended well, or had before. */
  onDone(loss: string, numDone: number): void;
}

/**
 * Trains every loss by its recipe `ladder-<loss>`, each in a process of its own. Runs that have ended are left as they
 * are, interrupted ones go on from their last checkpoint.
 *
 * @throws what a run says that fails, naming the log, or TRAIN_STOPPED where it was ended without a word; the others are
 *   ended, and go on the next time
 */
export async function runLadder(options: LadderRunsOptions): Promise<void> {
  const { losses, out, jobs, onDone } = options;
  await makeFolder(out);
  const queue = [...losses];
  const abort = new AbortController();
  let numDone = 0;
  const worker = async () => {
    for (let loss = queue.shift(); loss !== undefined; loss = queue.shift()) {
      if (!existsSync(join(out, loss, 'manifest.json'))) await trainOne(loss, options, abort.signal);
      onDone(loss, ++numDone);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, losses.length) }, worker));
  } catch (error) {
    queue.length = 0;
    abort.abort();
    throw error;
  }
}

async function trainOne(
  loss: string,
  { data, out, set, onLine }: LadderRunsOptions,
  signal: AbortSignal,
): Promise<void> {
  const dir = join(out, loss);
  const sets = Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const words = ['train', 'recognition', '--data', data, '--out', dir, '--recipe', `ladder-${loss}`, ...sets];
  if (canResume(dir)) words.push('--resume');
  const [node, ...args] = nodeCommand(import.meta.url, '../main', ...words);
  const child = spawn(node, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
  // What ends it shows in its exit code.
  child.on('error', () => {});
  const logPath = join(out, `${loss}.log`);
  const log = createWriteStream(logPath, { flags: 'a' });
  let logError: unknown = null;
  log.on('error', (error) => (logError = withPath(error, logPath)));
  let said: ReturnType<typeof saidError> = null;
  for await (const line of createInterface({ input: child.stderr })) {
    log.write(`${line}\n`);
    said = saidError(line) ?? said;
    onLine(loss, line);
  }
  const code = child.exitCode ?? (await new Promise((resolve) => child.once('close', resolve)));
  log.end();
  if (code === 0) return;
  if (logError && !said) throw logError;
  if (!said)
    throw new SemblanceError(
      'TRAIN_STOPPED',
      `the run of ${loss} ended with ${code ?? 'a signal'} (${logPath})`,
    );
  throw new SemblanceError(said.code, `the run of ${loss}: ${said.message} (all it said: ${logPath})`);
}

/** The error in a line that a command of ours prints. */
function saidError(line: string): { code: ErrorCode; message: string } | null {
  const [, code = '', message = ''] = /^error ([A-Z0-9_]+): (.*)$/.exec(line) ?? [];
  return isErrorCode(code) ? { code, message } : null;
}
