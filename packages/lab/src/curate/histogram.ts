/** A range of counts and how many fall into it. */
export interface Bucket {
  /** `5–9`, `1`, `1000+`. */
  range: string;
  count: number;
}

/** Counts values by ranges that begin at these numbers; below the first they are not counted, the last has no end. */
export function histogram(values: Iterable<number>, starts: readonly number[]): Bucket[] {
  const buckets = starts.map((start, i) => {
    const end = starts[i + 1];
    const range = end === undefined ? `${start}+` : end - start === 1 ? String(start) : `${start}–${end - 1}`;
    return { range, count: 0 };
  });
  for (const value of values) {
    const index = starts.findLastIndex((start) => value >= start);
    if (index >= 0) buckets[index]!.count++;
  }
  return buckets;
}

/** The histogram as lines with bars of up to 30 characters; empty ranges at either end are left out. */
export function histogramLines(buckets: readonly Bucket[]): string[] {
  const first = buckets.findIndex(({ count }) => count > 0);
  const last = buckets.findLastIndex(({ count }) => count > 0);
  const shown = first < 0 ? [] : buckets.slice(first, last + 1);
  const most = Math.max(1, ...shown.map(({ count }) => count));
  const width = Math.max(0, ...shown.map(({ range }) => range.length));
  return shown.map(({ range, count }) => {
    const bar = '█'.repeat(Math.ceil((count / most) * 30));
    return `  ${range.padStart(width)}  ${bar} ${count}`;
  });
}
