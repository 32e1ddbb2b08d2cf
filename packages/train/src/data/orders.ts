import { permutation, type Random } from '@semblance/core/random';

/** How the samples of an epoch follow each other: each of 0 … n − 1 once. */
export type Order = (n: number, rng: Random) => Uint32Array;

/** All with all. */
export const mixed: Order = permutation;

/** Shards that are open at a time: samples are mixed within so many. */
const SHARDS_AT_A_TIME = 256;

/**
 * Mixed as a disk or a network share likes it: the shards (runs of `shardSize` samples, which lie together) in an order
 * drawn anew, and the samples of each 256 shards mixed with each other. Reads stay within those shards until they are
 * used up.
 */
export function sharded(shardSize: number): Order {
  return (n, rng) => {
    const shards = permutation(Math.ceil(n / shardSize), rng);
    const order = new Uint32Array(n);
    let at = 0;
    for (let first = 0; first < shards.length; first += SHARDS_AT_A_TIME) {
      const pool: number[] = [];
      for (const shard of shards.subarray(first, first + SHARDS_AT_A_TIME)) {
        for (let i = shard * shardSize; i < Math.min(n, (shard + 1) * shardSize); i++) pool.push(i);
      }
      for (const place of permutation(pool.length, rng)) order[at++] = pool[place]!;
    }
    return order;
  };
}

/**
 * `perClass` samples of a class at a time, for losses that compare the samples of a batch: the samples of each class are
 * mixed and cut into groups, and the groups mixed. What is left of a class makes a smaller group.
 *
 * @param labels class of each sample
 */
export function grouped(labels: ArrayLike<number>, perClass: number): Order {
  return (n, rng) => {
    const classes = new Map<number, number[]>();
    for (const i of permutation(n, rng)) {
      const members = classes.get(labels[i]!);
      if (members) members.push(i);
      else classes.set(labels[i]!, [i]);
    }
    const groups: number[][] = [];
    for (const members of classes.values()) {
      for (let i = 0; i < members.length; i += perClass) groups.push(members.slice(i, i + perClass));
    }
    return Uint32Array.from([...permutation(groups.length, rng)].flatMap((g) => groups[g]!));
  };
}
