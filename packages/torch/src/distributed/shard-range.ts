/** A rank's share of rows 0 … numRows − 1: equal for all, the remainder one each to the first ranks. */
export function shardRange(numRows: number, rank: number, size: number): { start: number; count: number } {
  const share = Math.floor(numRows / size);
  const remainder = numRows % size;
  return { start: share * rank + Math.min(rank, remainder), count: share + (rank < remainder ? 1 : 0) };
}
