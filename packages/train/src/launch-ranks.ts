import * as distributed from '@semblance/torch/distributed';

export interface RanksToLaunch {
  /** Processes on this machine. */
  nproc: number;
  /** File for Node.js that each rank runs, with its arguments. */
  script: string;
  args: readonly string[];
}

/** How long ranks that are told to end may take for their step and its checkpoint. */
const SAVE_MS = 60_000;

/**
 * Who a launcher says that this process is: rank 0 of 1 where none started it.
 *
 * @example
 * ```ts
 * import { thisRank } from '@semblance/train';
 *
 * const { rank, worldSize } = thisRank();
 * console.log(`rank ${rank} of ${worldSize}`); // rank 0 of 1
 * ```
 */
export function thisRank(): { rank: number; worldSize: number } {
  return distributed.readEnvironment() ?? { rank: 0, worldSize: 1 };
}

/**
 * Whether the training engine can work on several ranks.
 *
 * @example
 * ```ts
 * import { canLaunchRanks } from '@semblance/train';
 *
 * console.log(canLaunchRanks() ? 'several processes' : 'one process');
 * ```
 */
export function canLaunchRanks(): boolean {
  return distributed.isAvailable();
}

/**
 * Runs a script that trains on `nproc` ranks of this machine, each with its share of the cores.
 *
 * None outlives this process. When one fails the others are ended, and one line says which it was.
 *
 * @returns 0, or the exit code of the rank that failed
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { launchRanks } from '@semblance/train';
 *
 * await writeFile('rank.mjs', 'process.exitCode = process.env.WORLD_SIZE === "2" ? 0 : 1;');
 * console.log(await launchRanks({ nproc: 2, script: 'rank.mjs', args: [] })); // 0
 * ```
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
    saveMs: SAVE_MS,
    isNode: true,
    script,
    args: [...args],
  });
}
