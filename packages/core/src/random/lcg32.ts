/**
 * Numbers from 0 to 1, 1 excluded, from the linear congruential generator of Numerical Recipes. Its low bits are poor:
 * it is here for being one line in every language, so that another program can be run on the same made-up numbers.
 */
export function lcg32(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
