import { createServer } from 'node:net';
import { availableParallelism, constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolderSync } from '@semblance/core/files';
import { TorchError } from '../../error.ts';
import { type LaunchOptions, readOptions, usage } from './options.ts';
import { RankProcess } from './rank-process.ts';

/**
 * When one rank dies the others soon fail too, for want of it: this long after the first failure the one that began
 * it is known by its signal, or by not having complained of the others.
 */
const SETTLE_MS = 300;

const say = (message: string) => process.stderr.write(`torch-run: ${message}\n`);

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** torchrun's variables for one rank. */
function environmentOf(options: LaunchOptions, localRank: number, port: number, attempt: number) {
  const { nproc, nnodes, nodeRank, masterAddr, maxRestarts } = options;
  const { TORCHELASTIC_USE_AGENT_STORE: _, ...inherited } = process.env;
  return {
    ...inherited,
    RANK: String(nodeRank * nproc + localRank),
    LOCAL_RANK: String(localRank),
    WORLD_SIZE: String(nnodes * nproc),
    LOCAL_WORLD_SIZE: String(nproc),
    GROUP_RANK: String(nodeRank),
    MASTER_ADDR: masterAddr,
    MASTER_PORT: String(port),
    TORCHELASTIC_RESTART_COUNT: String(attempt),
    TORCHELASTIC_MAX_RESTARTS: String(maxRestarts),
    TORCH_RUN_PID: String(process.pid),
    // Ranks share the cores: each with threads for all of them would only get in each other's way.
    OMP_NUM_THREADS:
      process.env.OMP_NUM_THREADS ?? String(Math.max(1, Math.floor(availableParallelism() / nproc))),
  };
}

function startRank(
  options: LaunchOptions,
  localRank: number,
  port: number,
  attempt: number,
  onExit: (rank: RankProcess) => void,
): RankProcess {
  const rank = options.nodeRank * options.nproc + localRank;
  const { script, args, isNode, logDir } = options;
  return new RankProcess(
    {
      rank,
      file: isNode ? process.execPath : script,
      args: isNode ? [...process.execArgv, script, ...args] : args,
      env: environmentOf(options, localRank, port, attempt),
      prefix: options.isPrefixed && options.nnodes * options.nproc > 1 ? `[rank ${rank}] ` : '',
      logFile: logDir && join(logDir, `rank-${rank}.log`),
    },
    onExit,
  );
}

/** The rank whose failure made the others fail. */
function culprit(ranks: RankProcess[]): RankProcess | undefined {
  const failed = ranks.filter((rank) => rank.hasFailed);
  return failed.find((rank) => !rank.hasLostPeer) ?? failed[0];
}

function exitCodeOf({ exit }: RankProcess): number {
  return exit?.signal ? 128 + (constants.signals[exit.signal] ?? 0) : (exit?.code ?? 1);
}

/**
 * Runs the ranks of this machine until all have ended well, restarting the group when one fails.
 *
 * Each rank is a process group of its own; none is left when this returns. SIGINT and SIGTERM end them all.
 *
 * @returns 0, or the exit code of the rank that failed (128 + signal), after one line about it on stderr
 */
export async function launch(options: LaunchOptions): Promise<number> {
  if (options.logDir) makeFolderSync(options.logDir);
  let ranks: RankProcess[] = [];
  let interrupt: NodeJS.Signals | null = null;
  let wake = () => {};
  const onSignal = (signal: NodeJS.Signals) => {
    interrupt = signal;
    wake();
  };
  const killAll = () => {
    for (const rank of ranks) if (!rank.exit) rank.kill('SIGKILL');
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  process.on('exit', killAll);
  try {
    for (let attempt = 0; ; attempt++) {
      const port = options.masterPort || (await freePort());
      await new Promise<void>((resolve) => {
        wake = resolve;
        const onExit = (rank: RankProcess) => {
          if (rank.hasFailed || ranks.every(({ exit }) => exit)) resolve();
        };
        ranks = [];
        for (let i = 0; i < options.nproc; i++) ranks.push(startRank(options, i, port, attempt, onExit));
        if (interrupt) resolve();
      });
      if (!interrupt && ranks.some((rank) => rank.hasFailed)) await sleep(SETTLE_MS);
      const guilty = culprit(ranks);
      const others = ranks.filter((rank) => !rank.exit).map(({ rank }) => rank);
      const graceMs = interrupt ? (options.saveMs ?? options.graceMs) : options.graceMs;
      await Promise.all(ranks.map((rank) => rank.stop(graceMs)));
      if (interrupt) {
        say(`ended by ${interrupt}`);
        return 128 + constants.signals[interrupt as NodeJS.Signals];
      }
      // Its output is complete only now, and may say whose fault it was.
      const first = culprit(ranks) ?? guilty;
      if (!first) return 0;
      const stopped = others.length > 0 ? `; stopped rank ${others.join(', ')}` : '';
      const again = attempt < options.maxRestarts;
      const plan = again ? `; restart ${attempt + 1} of ${options.maxRestarts}` : '';
      say(`${first.describe()}${stopped}${plan}`);
      if (!again) return exitCodeOf(first);
    }
  } finally {
    killAll();
    process.off('exit', killAll);
    for (const signal of signals) process.off(signal, onSignal);
  }
}

/** The command line of `torch-run`. @returns its exit code; 2 is wrong usage */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = readOptions(argv);
    if (options) return await launch(options);
    process.stdout.write(usage);
    return 0;
  } catch (error) {
    if (!(error instanceof TorchError) || error.code !== 'LAUNCH_USAGE') throw error;
    say(`${error.message} (torch-run --help)`);
    return 2;
  }
}
