import * as distributed from '@semblance/torch/distributed';

export interface RanksToLaunch {
  /** Processes on this machine. */
  nproc: number;
  /** File for Node.js that each rank runs, with its arguments. */
  script: string;
  args: readonly string[];
}

/** Who a launcher says that this process is: rank 0 of 1 where none started it. */
export function thisRank(): { rank: number; worldSize: number } {
  return distributed.readEnvironment() ?? { rank: 0, worldSize: 1 };
}

/** Whether the training engine can work on several ranks. */
export function canLaunchRanks(): boolean {
  return distributed.isAvailable();
}

/**
 * Runs a script that trains on `nproc` ranks of this machine, each with its share of the cores.
 *
 * None outlives this process. When one fails the others are ended, and one line says which it was.
 *
 * @returns 0, or the exit code of the rank that failed
 */
export function launchRanks({ nproc, script, args }: RanksToLaunch): Promise<number> {
  return distributed.launch({
    nproc,
    nnodes: 1,
    nodeRank: 0,
    masterAddr: '127.0.0.1',
    masterPort: 0,
    maxRestarts: 0,
    logDir: null,
    isPrefixed: false,
    graceMs: 5000,
    isNode: true,
    script,
    args: [...args],
  });
}
