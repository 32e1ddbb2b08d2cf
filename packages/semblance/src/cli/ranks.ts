import { fileURLToPath } from 'node:url';
import { siblingModule } from '@semblance/core';
import type * as Train from '@semblance/train';
import type { ExitCode } from './command.ts';

const main = fileURLToPath(siblingModule(import.meta.url, '../main'));
const known: readonly number[] = [0, 1, 2, 3] satisfies ExitCode[];

/**
 * Runs `train` here, or, where `nproc` asks for several processes and this is not one of them, this very command on
 * as many ranks.
 *
 * @param onDone called on rank 0 only
 */
export async function onRanks(
  { thisRank, launchRanks }: typeof Train,
  nproc: number,
  train: () => Promise<unknown>,
  onDone: () => void,
): Promise<ExitCode> {
  const { rank, worldSize } = thisRank();
  if (nproc > 1 && worldSize === 1) {
    const code = await launchRanks({ nproc, script: main, args: process.argv.slice(2) });
    return known.includes(code) ? (code as ExitCode) : 1;
  }
  await train();
  if (rank === 0) onDone();
  return 0;
}
