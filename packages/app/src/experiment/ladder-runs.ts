import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SemblanceError } from '@semblance/face/error';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

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
 * @throws TRAIN_DIVERGED, naming the log, where a run fails; the others are ended, and go on the next time
 */
export async function runLadder(options: LadderRunsOptions): Promise<void> {
  const { losses, out, jobs, onDone } = options;
  await mkdir(out, { recursive: true });
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
  const begun = existsSync(join(dir, 'checkpoints')) && (await readdir(join(dir, 'checkpoints'))).length > 0;
  const sets = Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const args = ['train', 'recognition', '--data', data, '--out', dir, '--recipe', `ladder-${loss}`, ...sets];
  const child = spawn(process.execPath, [main, ...args, ...(begun ? ['--resume'] : [])], {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
  // What ends it shows in its exit code.
  child.on('error', () => {});
  const log = createWriteStream(join(out, `${loss}.log`), { flags: 'a' });
  let last = '';
  for await (const line of createInterface({ input: child.stderr })) {
    log.write(`${line}\n`);
    last = line;
    onLine(loss, line);
  }
  const code = child.exitCode ?? (await new Promise((resolve) => child.once('close', resolve)));
  log.end();
  if (code === 0) return;
  throw new SemblanceError(
    'TRAIN_DIVERGED',
    `the run of ${loss} ended with ${code ?? 'a signal'}: ${last} (all it said: ${join(out, `${loss}.log`)})`,
  );
}
