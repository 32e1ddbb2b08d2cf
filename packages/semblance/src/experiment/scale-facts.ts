import { type Interval, mean } from '@semblance/core/statistics';
import type { ScaleRun } from './scale-plan.ts';

/** A rate and its 95 % interval. */
export interface Rate {
  value: number;
  interval: Interval;
}

/** What one run measured; `pairs` is the accuracy on the official pairs, where these were given. */
export interface ScaleResult {
  run: ScaleRun;
  rank1: Rate;
  tpir: Rate;
  pairs: Rate | null;
  /** Directions that hold 95 % of the variance of unseen people's embeddings. */
  directions: number;
  /** Degrees from a person's photos to their mean, and from each person's mean to the nearest other one. */
  within: number;
  between: number;
  trainingAccuracy: number;
}

/** A loss at a number of people: the mean of its seeds. */
export interface ScalePoint extends Omit<ScaleResult, 'run'> {
  loss: string;
  identities: number;
  photosPerPerson: number;
  seeds: number;
}

const MARGINS = ['l-softmax', 'sphereface', 'am-softmax', 'cosface', 'arcface', 'combined', 'adaface'];

/**
 * The mean of several seeds' rates, and an interval for it: 1.96·√(σ_people² + σ_seeds²/k), where σ_people is what the
 * bootstrap over people gives, and σ_seeds the standard deviation between k seeds, 0 for one.
 */
export function meanRate(rates: readonly Rate[]): Rate {
  const value = mean(rates.map((rate) => rate.value));
  if (rates.length === 1) return rates[0]!;
  const people = mean(rates.map(({ interval: [low, high] }) => ((high - low) / (2 * 1.96)) ** 2));
  const seeds = rates.reduce((sum, rate) => sum + (rate.value - value) ** 2, 0) / (rates.length - 1);
  const half = 1.96 * Math.sqrt(people + seeds / rates.length);
  return { value, interval: [Math.max(0, value - half), Math.min(1, value + half)] };
}

/** Results by number of people and loss, in the order in which they came. */
export function scalePoints(results: readonly ScaleResult[]): ScalePoint[] {
  const cells = Map.groupBy(results, ({ run }) => `${run.identities} ${run.loss}`);
  return [...cells.values()].map((cell) => {
    const { loss, identities, photosPerPerson } = cell[0]!.run;
    const of = (pick: (result: ScaleResult) => number) => mean(cell.map(pick));
    const pairs = cell.flatMap((result) => result.pairs ?? []);
    return {
      loss,
      identities,
      photosPerPerson,
      seeds: cell.length,
      rank1: meanRate(cell.map(({ rank1 }) => rank1)),
      tpir: meanRate(cell.map(({ tpir }) => tpir)),
      pairs: pairs.length > 0 ? meanRate(pairs) : null,
      directions: of(({ directions }) => directions),
      within: of(({ within }) => within),
      between: of(({ between }) => between),
      trainingAccuracy: of(({ trainingAccuracy }) => trainingAccuracy),
    };
  });
}

export interface MarginWin {
  loss: string;
  identities: number;
  /** TPIR above that of Softmax. */
  by: number;
  /** The intervals do not overlap. */
  surely: boolean;
}

/** For each loss with a margin the fewest people from which on it beats Softmax at every number that was trained. */
export function marginWins(points: readonly ScalePoint[]): MarginWin[] {
  const softmax = new Map(
    points.filter(({ loss }) => loss === 'softmax').map((point) => [point.identities, point]),
  );
  return MARGINS.flatMap((loss) => {
    let win: MarginWin | null = null;
    const own = points.filter((point) => point.loss === loss).sort((a, b) => b.identities - a.identities);
    for (const { identities, tpir } of own) {
      const base = softmax.get(identities)?.tpir;
      if (!base || tpir.value <= base.value) break;
      win = { loss, identities, by: tpir.value - base.value, surely: tpir.interval[0] > base.interval[1] };
    }
    return win ?? [];
  });
}

/** The question's answer in a sentence or a few. */
export function answerText(points: readonly ScalePoint[]): string {
  const wins = marginWins(points);
  const most = Math.max(...points.map(({ identities }) => identities));
  if (wins.length === 0) return `Up to ${most} people no margin beats Softmax on people it has not seen.`;
  return wins
    .map(
      ({ loss, identities, by, surely }) =>
        `${loss} beats Softmax from ${identities} people on, there by ${(100 * by).toFixed(1)} points of TPIR` +
        (surely ? '.' : ', within the intervals.'),
    )
    .join(' ');
}
