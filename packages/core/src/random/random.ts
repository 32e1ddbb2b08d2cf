import { sfc32 } from './sfc32.ts';

/** Mixes two integers into one well-spread 32-bit seed; the same pair always gives the same seed. */
export function mixSeed(a: number, b: number): number {
  let h = (a ^ Math.imul(b + 0x9e3779b9, 0x85ebca6b)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}

/** The finalizer of MurmurHash3: every input bit reaches every output bit. */
function mix32(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Seeded pseudo-random numbers (sfc32): the same seed gives the same sequence on every machine, worker and run.
 * `fork(label)` gives an independent stream, so that adding a draw in one place moves nothing elsewhere.
 */
export class Random {
  readonly seed: number;
  /** Uniform in [0, 1). */
  readonly next: () => number;

  /** @param next the source of numbers where it is another one than the seed's own */
  constructor(seed: number, next?: () => number) {
    this.seed = seed >>> 0;
    // The upper half of large seeds counts too: 2^32 apart must not mean the same stream.
    const high = Math.floor(Math.abs(seed) / 2 ** 32) | 0;
    this.next =
      next ?? sfc32(mixSeed(this.seed, 1 + high), mixSeed(this.seed, 2 + high), mixSeed(this.seed, 3 + high));
  }

  /**
   * A stream that is a function of the integers given, such as (seed, epoch, index): a sample is augmented the same way
   * whichever worker makes it, and whenever.
   *
   * @param keys integers, each taken modulo 2³²
   */
  static of(...keys: number[]): Random {
    // Each key passes through a full avalanche before the next is mixed in, so that near keys give far streams.
    let hash = 0x9e3779b9;
    for (const key of keys) hash = mix32(hash ^ mix32(key >>> 0)) + 0x9e3779b9;
    return new Random(hash, sfc32(mix32(hash + 1), mix32(hash + 2), mix32(hash + 3)));
  }

  /** Uniform in [low, high). */
  range(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Uniform integer in 0 … n − 1. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** Uniform integer in [low, high], both included. */
  int(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** Log-uniform in [low, high): every factor of two is equally likely. */
  logRange(low: number, high: number): number {
    return low * (high / low) ** this.next();
  }

  /** Normal with mean 0 and standard deviation `sigma`, cut at ±`limit` sigmas. */
  normal(sigma = 1, limit = 2.5): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    const value = radius * Math.cos(2 * Math.PI * this.next());
    return sigma * Math.max(-limit, Math.min(limit, value));
  }

  /** True with the probability given, one half by default. */
  chance(probability = 0.5): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** Picks a key of a table of weights. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) if ((left -= weight) < 0) return key;
    return entries[entries.length - 1]![0];
  }

  fork(label: number): Random {
    return new Random(mixSeed(this.seed, 0x1000 + label));
  }
}
