/**
 * Seeded random numbers: the same seed gives the same stream on every machine.
 *
 * @module
 */

export { lcg32 } from './lcg32.ts';
export { mulberry32 } from './mulberry32.ts';
export { permutation } from './permutation.ts';
export { mixSeed, Random } from './random.ts';
