export interface WorkerLoad {
  /** Calls that it has. */
  numCalls: number;
  /** Those of the owner whose next call is to be begun. */
  numOwn: number;
}

/**
 * The worker with the fewest calls of those that may have another one of an owner. A worker has `depth` calls of one owner
 * at most, and one of somebody else beside them. An owner who is not alone leaves one worker to the others.
 *
 * @returns its index; null where the call has to wait
 */
export function chooseWorker(loads: readonly WorkerLoad[], depth: number, isAlone: boolean): number | null {
  const numWith = loads.filter(({ numOwn }) => numOwn > 0).length;
  const mayHaveMore = isAlone || numWith === 0 || numWith + 1 < loads.length;
  let chosen: number | null = null;
  for (const [i, { numCalls, numOwn }] of loads.entries()) {
    const mayHave = numCalls <= depth && (numOwn === 0 ? mayHaveMore : numOwn < depth);
    if (mayHave && (chosen === null || numCalls < loads[chosen]!.numCalls)) chosen = i;
  }
  return chosen;
}
