export interface WorkerLoad {
  /** Calls that it has. */
  numCalls: number;
  /** Those of the owner whose next call is to be begun. */
  numOwn: number;
  /** Its place among all: see {@link chooseWorker}. */
  rank: number;
}

/** Whose the next call is. */
export interface CallOwner {
  /** Nobody else has asked lately. */
  isAlone: boolean;
  /** There are several, and most of the work is this one's. */
  isHeavy: boolean;
}

/**
 * The worker with the fewest calls of those that may have another one of an owner. A worker has `depth` calls of one owner
 * at most, and one of somebody else beside them. An owner who is not alone leaves one worker to the others. A heavy one has
 * the second half of them alone, which stand behind all others at the processor: what it sends is in nobody's way, also
 * while a worker of the first half is replaced.
 *
 * @param loads of the workers that are there
 * @param size how many there should be
 * @returns its index; null where the call has to wait
 */
export function chooseWorker(
  loads: readonly WorkerLoad[],
  { depth, size }: { depth: number; size: number },
  { isAlone, isHeavy }: CallOwner,
): number | null {
  const numWith = loads.filter(({ numOwn }) => numOwn > 0).length;
  const mayHaveMore = isAlone || numWith === 0 || numWith + 1 < loads.length;
  let chosen: number | null = null;
  const isBetter = (load: WorkerLoad): boolean => {
    if (chosen === null) return true;
    const best = loads[chosen]!;
    if (load.numCalls !== best.numCalls) return load.numCalls < best.numCalls;
    return load.rank < best.rank;
  };
  for (const [i, load] of loads.entries()) {
    const { numCalls, numOwn, rank } = load;
    const isOthers = isHeavy && size > 1 && !isBehind(rank, size);
    const mayHave = numCalls <= depth && (numOwn === 0 ? mayHaveMore : numOwn < depth);
    if (mayHave && !isOthers && isBetter(load)) chosen = i;
  }
  return chosen;
}

/** Whether a worker of a rank is of the second half. */
export const isBehind = (rank: number, size: number): boolean => rank >= size / 2;
