import { dot } from '@semblance/core/vector';

/** Two photos whose embeddings are nearly the same. */
export interface AlikePair {
  first: number;
  second: number;
  similarity: number;
}

/** Beyond so many photos only those of one person are compared with each other. */
export const MOST_COMPARED = 30_000;

/**
 * Pairs of embeddings with a cosine of at least `least`: each with each up to 30,000 of them, beyond that each with those of the
 * same label.
 *
 * That embeddings are alike does not make photos the same: hold the pictures against each other ({@link pictureHash}).
 *
 * @param embeddings L2-normalised, of one length
 */
export function findAlike(
  embeddings: readonly Float32Array[],
  labels: ArrayLike<number>,
  least: number,
): AlikePair[] {
  const isWhole = embeddings.length <= MOST_COMPARED;
  const groups = new Map<number, number[]>();
  for (let i = 0; i < embeddings.length; i++) {
    const key = isWhole ? 0 : labels[i]!;
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  }
  const pairs: AlikePair[] = [];
  for (const group of groups.values()) {
    // one block of memory: the loop below is all the time there is
    const size = embeddings[group[0]!]!.length;
    const rows = new Float32Array(group.length * size);
    for (const [row, i] of group.entries()) rows.set(embeddings[i]!, row * size);
    for (let a = 0; a < group.length; a++) {
      const query = rows.subarray(a * size, (a + 1) * size);
      for (let b = a + 1, at = b * size; b < group.length; b++, at += size) {
        const similarity = dot(query, rows, at);
        if (similarity >= least) pairs.push({ first: group[a]!, second: group[b]!, similarity });
      }
    }
  }
  return pairs;
}

/** Groups of indices that pairs connect, the larger first; within a group by index. */
export function groupsOfPairs(pairs: readonly { first: number; second: number }[]): number[][] {
  const parent = new Map<number, number>();
  const rootOf = (i: number): number => {
    let root = i;
    while (parent.has(root)) root = parent.get(root)!;
    return root;
  };
  for (const { first, second } of pairs) {
    const [a, b] = [rootOf(first), rootOf(second)];
    if (a !== b) parent.set(Math.max(a, b), Math.min(a, b));
  }
  const groups = new Map<number, Set<number>>();
  for (const { first, second } of pairs) {
    const root = rootOf(first);
    const group = groups.get(root) ?? new Set();
    groups.set(root, group.add(first).add(second));
  }
  return [...groups.values()]
    .map((group) => [...group].sort((a, b) => a - b))
    .sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}
