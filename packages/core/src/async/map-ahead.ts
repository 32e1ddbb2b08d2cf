/**
 * Maps items with up to `ahead` of them in work at a time and gives the results in the items' order: what is slow
 * in other threads (reading, decoding) happens while the consumer works.
 *
 * Takes no more items than it needs. A rejected item rejects at its turn. Where the consumer stops early, it waits for
 * what is in work.
 */
export async function* mapAhead<T, R>(
  items: Iterable<T>,
  map: (item: T) => Promise<R>,
  ahead: number,
): AsyncGenerator<R, void, void> {
  const inWork: Promise<R>[] = [];
  const start = (item: T): void => {
    const result = map(item);
    // the error is thrown at its turn; until then it must not count as unhandled
    result.catch(() => {});
    inWork.push(result);
  };
  try {
    for (const item of items) {
      start(item);
      if (inWork.length > ahead) yield await inWork.shift()!;
    }
    while (inWork.length > 0) yield await inWork.shift()!;
  } finally {
    // whoever stops early closes what the work uses: nothing may still be using it then
    await Promise.allSettled(inWork);
  }
}
