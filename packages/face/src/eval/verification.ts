import { SemblanceError } from '../error.ts';
import { type Interval, wilsonInterval } from './intervals.ts';
import { areaUnderRoc, equalErrorRate, rocCurve } from './roc.ts';

export interface VerificationOptions {
  /** Contiguous, equally long folds in the order of the pairs. */
  numFolds?: number;
  /** False-accept rates at which the true-accept rate is reported. */
  fars?: readonly number[];
}

export interface VerificationMetrics {
  /** Mean over the folds of the share of pairs judged right, 0 to 1. */
  accuracy: number;
  /** Standard deviation of it over the folds (population form, as the protocol reports it). */
  accuracyStd: number;
  /** Cosine similarity from which two photos count as one person: the mean of the folds' thresholds. */
  threshold: number;
  /** True-accept rate by false-accept rate, mean over the folds; the key is the rate as it prints. */
  tarAtFar: Record<string, number>;
  /** 95 % interval (Wilson) of the accuracy, all pairs taken together. */
  accuracyInterval: Interval;
  /** Area under the ROC curve of all pairs. */
  auc: number;
  /** Rate where false accepts equal false rejects, over all pairs. */
  eer: number;
  pairs: number;
  numFolds: number;
}

/** Thresholds of the protocol, on squared Euclidean distances of unit vectors: 0 to 4. */
const accuracySteps = { count: 400, step: 0.01 };
const tarSteps = { count: 4000, step: 0.001 };

/**
 * The standard k-fold verification protocol of LFW, CFP-FP and AgeDB.
 *
 * With d = 2 − 2·cos the squared Euclidean distance of two unit embeddings, a pair is accepted where d < t.
 * Accuracy: for each fold, t from {0, 0.01, …, 3.99} with the most right answers on the other folds (the first
 * such t), then the share of right answers on the fold. TAR at a FAR: t interpolated linearly between the steps
 * of 0.001 where the other folds' FAR crosses the target, then the fold's share of accepted genuine pairs.
 *
 * @param similarities cosine of each pair, −1 to 1; a pair without an answer is −1 (never accepted)
 * @param same whether each pair shows one person
 * @throws SemblanceError DATA_INVALID where the lengths differ or a similarity is not a number;
 *   DATA_EMPTY for fewer than two pairs.
 * @see Huang et al., Labeled Faces in the Wild, 2007; the evaluation code of FaceNet and InsightFace.
 */
export function verificationMetrics(
  similarities: ArrayLike<number>,
  same: ArrayLike<boolean>,
  { numFolds = 10, fars = [0.1, 0.01, 0.001] }: VerificationOptions = {},
): VerificationMetrics {
  const numPairs = similarities.length;
  if (numPairs !== same.length) {
    throw new SemblanceError('DATA_INVALID', `${numPairs} similarities but ${same.length} labels`);
  }
  if (numPairs < 2)
    throw new SemblanceError('DATA_EMPTY', `verification needs pairs but received ${numPairs}`);
  const folds = Math.min(numFolds, numPairs);
  const distances = squaredDistances(similarities);
  const foldOf = (i: number): number => foldIndex(i, numPairs, folds);

  const coarse = countsByFold(distances, same, foldOf, folds, accuracySteps);
  const fine = countsByFold(distances, same, foldOf, folds, tarSteps);
  const perFold = coarse.map((test, k) => accuracyOfFold(test, folds === 1 ? [test] : without(coarse, k)));
  const accuracies = perFold.map(({ accuracy }) => accuracy);
  const accuracy = mean(accuracies);

  const tarAtFar: Record<string, number> = {};
  for (const far of fars) {
    tarAtFar[String(far)] = mean(
      fine.flatMap((_, k) => {
        const train = folds === 1 ? fine : without(fine, k);
        const limit = thresholdAtFar(train, far, tarSteps.step);
        return tarOfFold(distances, same, foldOf, k, limit);
      }),
    );
  }
  const roc = rocCurve(similarities, same);
  return {
    accuracy,
    accuracyStd: Math.sqrt(mean(accuracies.map((value) => (value - accuracy) ** 2))),
    threshold: 1 - mean(perFold.map(({ distance }) => distance)) / 2,
    tarAtFar,
    accuracyInterval: wilsonInterval(Math.round(accuracy * numPairs), numPairs),
    auc: areaUnderRoc(roc),
    eer: equalErrorRate(roc),
    pairs: numPairs,
    numFolds: folds,
  };
}

/** Accepted genuine and impostor pairs of one fold below each threshold. */
interface FoldCounts {
  genuine: number;
  impostor: number;
  /** [step] how many genuine pairs have d < step·size. */
  trueAccepts: Float64Array;
  falseAccepts: Float64Array;
}

function squaredDistances(similarities: ArrayLike<number>): Float64Array {
  const distances = new Float64Array(similarities.length);
  for (let i = 0; i < distances.length; i++) {
    const similarity = similarities[i]!;
    if (!Number.isFinite(similarity)) {
      throw new SemblanceError(
        'DATA_INVALID',
        `expected a number for similarity ${i} but received ${similarity}`,
      );
    }
    distances[i] = Math.min(Math.max(2 - 2 * similarity, 0), 4);
  }
  return distances;
}

/** numpy's `array_split`: the first n mod k folds are one longer. */
function foldIndex(i: number, n: number, k: number): number {
  const short = Math.floor(n / k);
  const numLong = n % k;
  const inLong = numLong * (short + 1);
  return i < inLong ? Math.floor(i / (short + 1)) : numLong + Math.floor((i - inLong) / short);
}

function countsByFold(
  distances: Float64Array,
  same: ArrayLike<boolean>,
  foldOf: (i: number) => number,
  numFolds: number,
  { count, step }: { count: number; step: number },
): FoldCounts[] {
  const folds = Array.from({ length: numFolds }, () => ({
    genuine: 0,
    impostor: 0,
    trueAccepts: new Float64Array(count),
    falseAccepts: new Float64Array(count),
  }));
  for (let i = 0; i < distances.length; i++) {
    const fold = folds[foldOf(i)]!;
    const d = distances[i]!;
    // the first threshold above d; the product is compared as numpy's arange makes it
    let first = Math.max(0, Math.floor(d / step) - 1);
    while (first < count && first * step <= d) first++;
    if (same[i]) fold.genuine++;
    else fold.impostor++;
    if (first < count) (same[i] ? fold.trueAccepts : fold.falseAccepts)[first]!++;
  }
  for (const { trueAccepts, falseAccepts } of folds) {
    for (let t = 1; t < count; t++) {
      trueAccepts[t]! += trueAccepts[t - 1]!;
      falseAccepts[t]! += falseAccepts[t - 1]!;
    }
  }
  return folds;
}

function accuracyOfFold(
  test: FoldCounts,
  train: readonly FoldCounts[],
): { accuracy: number; distance: number } {
  const right = (fold: FoldCounts, t: number) => fold.trueAccepts[t]! + fold.impostor - fold.falseAccepts[t]!;
  let best = 0;
  let bestRight = -1;
  for (let t = 0; t < test.trueAccepts.length; t++) {
    let sum = 0;
    for (const fold of train) sum += right(fold, t);
    if (sum > bestRight) {
      bestRight = sum;
      best = t;
    }
  }
  return {
    accuracy: right(test, best) / (test.genuine + test.impostor),
    distance: best * accuracySteps.step,
  };
}

/** Distance where the pooled FAR of the folds reaches `far`, linear between steps; 0 where it never does. */
function thresholdAtFar(train: readonly FoldCounts[], far: number, step: number): number {
  const impostors = train.reduce((sum, fold) => sum + fold.impostor, 0);
  const farAt = (t: number): number =>
    impostors === 0 ? 0 : train.reduce((sum, fold) => sum + fold.falseAccepts[t]!, 0) / impostors;
  for (let t = 0; t < tarSteps.count; t++) {
    const high = farAt(t);
    if (high < far) continue;
    if (t === 0) return 0;
    const low = farAt(t - 1);
    return step * (t - 1 + (far - low) / (high - low));
  }
  return 0;
}

/** Share of the fold's genuine pairs with d < limit; nothing for a fold without genuine pairs. */
function tarOfFold(
  distances: Float64Array,
  same: ArrayLike<boolean>,
  foldOf: (i: number) => number,
  fold: number,
  limit: number,
): number[] {
  let genuine = 0;
  let accepted = 0;
  for (let i = 0; i < distances.length; i++) {
    if (!same[i] || foldOf(i) !== fold) continue;
    genuine++;
    if (distances[i]! < limit) accepted++;
  }
  return genuine === 0 ? [] : [accepted / genuine];
}

const without = <T>(items: readonly T[], k: number): T[] => items.filter((_, i) => i !== k);
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
