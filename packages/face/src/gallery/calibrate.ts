import { Random } from '@semblance/core/random';
import { type Interval, percentileInterval, quantile, wilsonInterval } from '@semblance/core/statistics';
import { SemblanceError } from '../error.ts';
import { fitStrangerLaw, lawThrough, rateAmong, similarityAmong } from './stranger-law.ts';
import { bestImpostors, type Calibration, MAX_FACES, MIN_SUBJECTS, thinned } from './threshold.ts';

/** How sure a threshold is. */
export interface Certainty {
  /** 95 %: where the threshold would come to lie with other people in place of these. */
  thresholdInterval: Interval;
  /** 95 %: the FPIR that strangers really have at the threshold. */
  fpirInterval: Interval;
  /** 95 %: how many of the next 1,000 strangers will be taken for somebody: chance has its part in that, too. */
  ofNextThousand: Interval;
}

/** So many strangers must be above the threshold for it to be one of their similarities, not their law's. */
const MIN_ABOVE = 5;
const REPLICATES = 400;

/**
 * The threshold at which a share `fpir` of strangers would be taken for somebody, by searches of people who are not in the
 * gallery. With 5 and more of them above it, it lies between two of their similarities, and its FPIR has Wilson's interval;
 * with fewer it is the quantile of their law, with a bootstrap's.
 *
 * @param best the highest similarity of each stranger's search, one search each: they must be independent
 * @param numFaces faces of the gallery
 * @throws SemblanceError DATA_INVALID with fewer than 20 strangers
 */
export function calibrateByStrangers(
  best: readonly number[],
  numFaces: number,
  fpir: number,
  data: string,
): Certainty & { calibration: Calibration } {
  const n = best.length;
  if (n < MIN_SUBJECTS)
    throw new SemblanceError(
      'DATA_INVALID',
      `${n} strangers are too few to find a threshold by: ${MIN_SUBJECTS} at least, better ${Math.ceil(10 / fpir)}`,
    );
  const sorted = Float64Array.from(best).sort();
  const numAbove = Math.floor(fpir * n);
  if (numAbove < MIN_ABOVE) {
    const law = fitStrangerLaw(sorted, numFaces);
    return { calibration: { ...law, strangers: n, data }, ...bootstrapped(sorted, numFaces, fpir) };
  }
  const similarity = (sorted[n - numAbove - 1]! + sorted[n - numAbove]!) / 2;
  const law = lawThrough(quantile(sorted, 0.5), { similarity, fpir }, numFaces);
  const fpirInterval = wilsonInterval(numAbove, n);
  const [least, most] = fpirInterval;
  return {
    calibration: { ...law, strangers: n, data },
    thresholdInterval: [quantile(sorted, 1 - most), quantile(sorted, 1 - least)],
    fpirInterval,
    ofNextThousand: betaBinomialInterval(numAbove, n),
  };
}

/**
 * How many of the next 1,000 are like k of n: the 95 % interval of a beta-binomial law, by Jeffreys' prior.
 *
 * @see Gelman et al., Bayesian Data Analysis, 2013, chapter 2
 */
export function betaBinomialInterval(k: number, n: number): Interval {
  const [a, b] = [k + 0.5, n - k + 0.5];
  let logMass = 0;
  for (let i = 0; i < 1000; i++) logMass += Math.log((b + i) / (a + b + i));
  const interval: Interval = [0, 1000];
  let below = 0;
  for (let j = 0; j <= 1000; j++) {
    const upTo = below + Math.exp(logMass);
    if (below < 0.025 && upTo >= 0.025) interval[0] = j;
    if (below < 0.975 && upTo >= 0.975) interval[1] = j;
    logMass += Math.log(((1000 - j) * (a + j)) / ((j + 1) * (b + 999 - j)));
    below = upTo;
  }
  return interval;
}

/**
 * How sure the threshold is that a gallery's own people give, see `estimateThreshold`: each is a stranger to the others.
 *
 * @returns null with fewer than 20 people
 */
export function certaintyByOwnPeople(
  faces: readonly { subject: string; embedding: Float32Array }[],
  fpir: number,
): Certainty | null {
  const among = thinned(faces, MAX_FACES);
  const people = new Map<string, number>();
  for (const [i, best] of bestImpostors(among).entries()) {
    const { subject } = among[i]!;
    people.set(subject, Math.max(best, people.get(subject) ?? -1));
  }
  if (people.size < MIN_SUBJECTS) return null;
  return bootstrapped(Float64Array.from(people.values()).sort(), among.length, fpir);
}

/** Intervals by drawing people again. */
function bootstrapped(sorted: Float64Array, numFaces: number, fpir: number): Certainty {
  const law = fitStrangerLaw(sorted, numFaces);
  const random = new Random(1);
  const thresholds = Array.from({ length: REPLICATES }, () => {
    const drawn = sorted.map(() => sorted[Math.floor(random.next() * sorted.length)]!).sort();
    return similarityAmong(fitStrangerLaw(drawn, numFaces), numFaces, fpir);
  });
  const thresholdInterval = percentileInterval(thresholds)!;
  const [most, least] = thresholdInterval.map((threshold) => rateAmong(law, numFaces, threshold)) as Interval;
  const counts = thresholds.map((threshold) => {
    const rate = rateAmong(law, numFaces, threshold);
    return Array.from({ length: 1000 }, () => random.next()).filter((value) => value < rate).length;
  });
  return { thresholdInterval, fpirInterval: [least, most], ofNextThousand: percentileInterval(counts)! };
}
