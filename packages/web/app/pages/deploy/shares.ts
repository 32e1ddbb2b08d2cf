/** What serves with which percent of the requests. */
export interface Share {
  name: string;
  weight: number;
}

/**
 * The shares once `name` has `weight` percent, as the service gives them: the others keep their proportions, in whole percents
 * by the largest remainders, and what is left with nothing goes.
 */
export function sharesWith(shares: readonly Share[], name: string, weight: number): Share[] {
  const others = shares.filter((share) => share.name !== name);
  const total = others.reduce((sum, share) => sum + share.weight, 0);
  const rest = 100 - weight;
  const exact = others.map((share) => (total > 0 ? (rest * share.weight) / total : 0));
  const whole = exact.map(Math.floor);
  let left = rest - whole.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((share, i) => ({ i, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder) if (left-- > 0) whole[i]!++;
  const kept = others.flatMap((share, i) => (whole[i]! > 0 ? [{ ...share, weight: whole[i]! }] : []));
  return [...kept, { name, weight }];
}
