import { TorchError } from '../error.ts';

/**
 * The first host of a Slurm node list: `gpu[03-05,9],login` → `gpu03`.
 *
 * @throws TorchError DIST_BAD_ENVIRONMENT
 */
export function firstHost(nodeList: string): string {
  const match = /^([^[\],]+)(?:\[(\d+)[^\]]*\]([^,[\]]*))?(?:,|$)/.exec(nodeList);
  if (!match) throw new TorchError('DIST_BAD_ENVIRONMENT', `"${nodeList}" is not a Slurm node list`);
  const [, prefix, number = '', suffix = ''] = match;
  return `${prefix}${number}${suffix}`;
}

/** Tasks by node from Slurm's short form: `2(x3),1` → [2, 2, 2, 1]. */
export function tasksByNode(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const match = /^(\d+)(?:\(x(\d+)\))?$/.exec(part);
    if (!match)
      throw new TorchError('DIST_BAD_ENVIRONMENT', `"${text}" is not Slurm's list of tasks by node`);
    return Array<number>(Number(match[2] ?? 1)).fill(Number(match[1]));
  });
}

/** A port that all tasks of a job step agree on without talking: 20000 … 49999 by job and step. */
export function portOf(jobId: number, stepId: number): number {
  return 20000 + ((jobId * 31 + stepId) % 30000);
}
