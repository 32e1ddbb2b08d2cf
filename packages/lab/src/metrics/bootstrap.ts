import type { Random } from '@semblance/core/random';

/**
 * One replicate of a bootstrap: how often each of `count` items is drawn in `count` draws with replacement.
 *
 * @param out takes the counts; its length is the number of items
 */
export function drawWithReplacement(random: Random, out: Float64Array): Float64Array {
  out.fill(0);
  for (let i = 0; i < out.length; i++) out[Math.floor(random.next() * out.length)]! += 1;
  return out;
}

/**
 * How often each pair stands in a replicate that draws people: w of the person for a genuine pair, the product of
 * both people's w for an impostor pair (the vertex bootstrap).
 *
 * Photos of one person go in and out together, so that pairs which share a person do not count as independent. For a
 * list whose impostor pairs share hardly anybody, as LFW's, intervals come out a little wide, never narrow.
 *
 * @param pairs the two people of each pair, as indices of `counts`
 * @see Snijders and Borgatti, Non-parametric standard errors and tests for network statistics, 1999
 */
export function pairWeights(
  pairs: readonly (readonly [number, number])[],
  counts: Float64Array,
  out: Float64Array,
): Float64Array {
  for (const [i, [a, b]] of pairs.entries()) out[i] = a === b ? counts[a]! : counts[a]! * counts[b]!;
  return out;
}
