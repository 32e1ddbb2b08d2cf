import { dot } from '@semblance/core/vector';
import { createExactIndex } from '../gallery/index/exact-index.ts';
import { MergeQueue } from './merge-queue.ts';

export interface ClusterOptions {
  /** Mean cosine of the faces of two clusters from which they are one person's. */
  threshold: number;
  /** Of each face the most similar others that are looked at (64). */
  neighbours?: number;
}

/** Faces that are searched at a time. */
const BATCH = 1024;

/**
 * Groups faces by person: of two groups, whose faces are most similar on average, one is made until none is similar enough
 * (agglomerative clustering by average linkage).
 *
 * The mean cosine of two groups is that of their sums, (Σa · Σb) / (|a| |b|), so that no matrix of all pairs is needed. Only
 * groups are held against each other of which a face of one is among the neighbours of a face of the other and reaches the
 * threshold: if the mean reaches it, a pair does.
 *
 * @param embeddings L2-normalised
 * @returns groups of indices, the largest first; every face is in one, those who are like nobody in a group of their own
 * @see Sokal and Michener, A statistical method for evaluating systematic relationships, 1958
 * @example
 * ```ts
 * import { clusterFaces } from '@semblance/face/cluster';
 *
 * const at = (degrees: number) => Float32Array.of(Math.cos(degrees / 57.3), Math.sin(degrees / 57.3));
 * console.log(clusterFaces([at(0), at(90), at(5), at(92), at(3)], { threshold: 0.9 })); // [ [ 0, 2, 4 ], [ 1, 3 ] ]
 * ```
 */
export function clusterFaces(
  embeddings: readonly Float32Array[],
  { threshold, neighbours = 64 }: ClusterOptions,
): number[][] {
  const clusters = new Map<number, Cluster>(
    embeddings.map((sum, i) => [i, { members: [i], sum: Float64Array.from(sum), near: new Set<number>() }]),
  );
  const queue = new MergeQueue();
  const consider = (a: number, b: number): void => {
    const [x, y] = [clusters.get(a)!, clusters.get(b)!];
    const similarity = dot(x.sum, y.sum) / (x.members.length * y.members.length);
    if (similarity >= threshold) queue.push({ a, b, similarity });
  };
  for (const [i, near] of neighboursOf(embeddings, threshold, neighbours).entries()) {
    for (const j of near) {
      clusters.get(i)!.near.add(j);
      clusters.get(j)!.near.add(i);
    }
  }
  for (const [i, { near }] of clusters) for (const j of near) if (j > i) consider(i, j);

  let next = embeddings.length;
  for (let merge = queue.pop(); merge; merge = queue.pop()) {
    const [x, y] = [clusters.get(merge.a), clusters.get(merge.b)];
    if (!x || !y) continue; // one of them is part of a larger one by now
    clusters.delete(merge.a);
    clusters.delete(merge.b);
    const joined = join(x, y);
    joined.near.delete(merge.a);
    joined.near.delete(merge.b);
    clusters.set(next, joined);
    for (const other of joined.near) {
      const { near } = clusters.get(other)!;
      near.delete(merge.a);
      near.delete(merge.b);
      near.add(next);
      consider(other, next);
    }
    next++;
  }
  return Array.from(clusters.values(), ({ members }) => members.sort((a, b) => a - b)).sort(
    (a, b) => b.length - a.length || a[0]! - b[0]!,
  );
}

interface Cluster {
  members: number[];
  sum: Float64Array;
  /** Clusters with a face that is like one of these. */
  near: Set<number>;
}

function join(x: Cluster, y: Cluster): Cluster {
  const [large, small] = x.near.size < y.near.size ? [y, x] : [x, y];
  for (let i = 0; i < large.sum.length; i++) large.sum[i]! += small.sum[i]!;
  for (const other of small.near) large.near.add(other);
  return { members: [...large.members, ...small.members], sum: large.sum, near: large.near };
}

/** Of each face those others that reach the threshold, of the most similar ones. */
function neighboursOf(embeddings: readonly Float32Array[], threshold: number, k: number): number[][] {
  if (embeddings.length < 2) return embeddings.map(() => []);
  const index = createExactIndex(embeddings[0]!.length);
  try {
    for (const [i, embedding] of embeddings.entries()) index.add(i, embedding);
    const found: number[][] = [];
    for (let start = 0; start < embeddings.length; start += BATCH) {
      const hits = index.searchMany(embeddings.slice(start, start + BATCH), k + 1);
      for (const [i, near] of hits.entries())
        found.push(
          near.filter((hit) => hit.similarity >= threshold && hit.id !== start + i).map(({ id }) => id),
        );
    }
    return found;
  } finally {
    index.close();
  }
}
