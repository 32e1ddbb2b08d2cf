/** Mixes two integers into one well-spread 32-bit seed; the same pair always gives the same seed. */
export function mixSeed(a: number, b: number): number {
  let h = (a ^ Math.imul(b + 0x9e3779b9, 0x85ebca6b)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}

/**
 * Seeded pseudo-random numbers (sfc32): the same seed gives the same sequence on every machine.
 * `fork(label)` gives an independent stream, so that adding a draw in one place moves nothing elsewhere.
 */
export class Random {
  readonly seed: number;
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(seed: number) {
    this.seed = seed >>> 0;
    // The upper half of large seeds counts too: 2^32 apart must not mean the same stream.
    const high = Math.floor(Math.abs(seed) / 2 ** 32) | 0;
    this.#a = mixSeed(this.seed, 1 + high);
    this.#b = mixSeed(this.seed, 2 + high);
    this.#c = mixSeed(this.seed, 3 + high);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** Uniform in [0, 1). */
  next(): number {
    const t = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return (t >>> 0) / 4294967296;
  }

  /** Uniform in [low, high). */
  range(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Uniform integer in [low, high], both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
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

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)] as T;
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
