/** A small deterministic random generator: the same numbers on every machine, worker and run. */
export interface Rng {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in 0 … n − 1. */
  int(n: number): number;
  /** Uniform in [low, high). */
  range(low: number, high: number): number;
  /** True with probability p (one half by default). */
  chance(p?: number): boolean;
}

/**
 * A generator (sfc32) whose stream is a function of the integers given, such as (seed, epoch, index):
 * a sample is augmented the same way whichever worker makes it, and whenever.
 *
 * @param keys integers, each taken modulo 2³²
 */
export function createRng(...keys: number[]): Rng {
  // Each key passes through a full avalanche before the next is mixed in, so that near keys give far streams.
  let hash = 0x9e3779b9;
  for (const key of keys) hash = mix32(hash ^ mix32(key >>> 0)) + 0x9e3779b9;
  let a = mix32(hash + 1);
  let b = mix32(hash + 2);
  let c = mix32(hash + 3);
  let counter = 1;

  const nextUint32 = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) nextUint32();

  const next = () => nextUint32() / 4294967296;
  return {
    next,
    int: (n) => Math.floor(next() * n),
    range: (low, high) => low + next() * (high - low),
    chance: (p = 0.5) => next() < p,
  };
}

/** 0 … n − 1 in an order drawn from the generator (Fisher–Yates). */
export function permutation(n: number, rng: Rng): Uint32Array {
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}

/** The finalizer of MurmurHash3: every input bit reaches every output bit. */
function mix32(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
