import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { nodeCommand } from '@semblance/core';
import { makeFolder, withPath } from '@semblance/core/files';
import { canResume } from '@semblance/train/run-folder';
import { type ErrorCode, isErrorCode, SemblanceError } from '../error.ts';

/** A training: what it is called, what it is of, and how. */
export interface LadderRun {
  /** Its model folder below `out`, `arcface` or `500/arcface-2`. */
  name: string;
  recipe: string;
  data: string;
  /** Keys of the recipe, `epochs=2`. */
  set: Readonly<Record<string, string>>;
}

export interface LadderRunsOptions {
  runs: readonly LadderRun[];
  out: string;
  /** Runs at a time. */
  jobs: number;
  /** What a run says, line by line. */
  onLine(name: string, line: string): void;
  /** A run has ended well, or had before. */
  onDone(name: string, numDone: number): void;
}

/**
 * Trains each in a process of its own. Runs that have ended are left as they
 * are, interrupted ones go on from their last checkpoint.
 *
 * @throws what a run says that fails, naming the log, or TRAIN_STOPPED where it was ended without a word; the others are
 *   ended, and go on the next time
 */
export async function runLadder(options: LadderRunsOptions): Promise<void> {
  const { runs, out, jobs, onDone } = options;
  await makeFolder(out);
  const queue = [...runs];
  const abort = new AbortController();
  let numDone = 0;
  const worker = async () => {
    for (let run = queue.shift(); run !== undefined; run = queue.shift()) {
      if (!existsSync(join(out, run.name, 'manifest.json'))) await trainOne(run, options, abort.signal);
      onDone(run.name, ++numDone);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(jobs, runs.length) }, worker));
  } catch (error) {
    queue.length = 0;
    abort.abort();
    throw error;
  }
}

async function trainOne(
  { name, recipe, data, set }: LadderRun,
  { out, onLine }: LadderRunsOptions,
  signal: AbortSignal,
): Promise<void> {
  const dir = join(out, name);
  const sets = Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const words = ['train', 'recognition', '--data', data, '--out', dir, '--recipe', recipe, ...sets];
  if (canResume(dir)) words.push('--resume');
  const [node, ...args] = nodeCommand(import.meta.url, '../main', ...words);
  const logPath = join(out, `${name}.log`);
  await makeFolder(dirname(logPath));
  const child = spawn(node, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
  // What ends it shows in its exit code.
  child.on('error', () => {});
  const log = createWriteStream(logPath, { flags: 'a' });
  let logError: unknown = null;
  log.on('error', (error) => (logError = withPath(error, logPath)));
  let said: ReturnType<typeof saidError> = null;
  for await (const line of createInterface({ input: child.stderr })) {
    log.write(`${line}\n`);
    said = saidError(line) ?? said;
    onLine(name, line);
  }
  const code = child.exitCode ?? (await new Promise((resolve) => child.once('close', resolve)));
  log.end();
  if (code === 0) return;
  if (logError && !said) throw logError;
  if (!said)
    throw new SemblanceError(
      'TRAIN_STOPPED',
      `the run of ${name} ended with ${code ?? 'a signal'} (${logPath})`,
    );
  throw new SemblanceError(said.code, `the run of ${name}: ${said.message} (all it said: ${logPath})`);
}

/** The error in a line that a command of ours prints. */
function saidError(line: string): { code: ErrorCode; message: string } | null {
  const [, code = '', message = ''] = /^error ([A-Z0-9_]+): (.*)$/.exec(line) ?? [];
  return isErrorCode(code) ? { code, message } : null;
}
