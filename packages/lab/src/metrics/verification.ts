import { Random } from '@semblance/core/random';
import {
  type Interval,
  mean,
  percentileInterval,
  standardDeviation,
  wilsonInterval,
} from '@semblance/core/statistics';
import { SemblanceError } from '../error.ts';
import { drawWithReplacement, pairWeights } from './bootstrap.ts';
import { type KFoldResult, kFoldProtocol } from './k-fold.ts';
import { areaUnderRoc, equalErrorRate, rocCurve, tarAtFar } from './roc.ts';

export interface VerificationOptions {
  /** Contiguous, equally long folds in the order of the pairs. */
  numFolds?: number;
  /** False-accept rates at which the true-accept rate is reported. */
  fars?: readonly number[];
  /** Who the two photos of each pair show: intervals then come from a bootstrap over these people, 30 or more. */
  people?: readonly (readonly [string, string])[];
  /** Replicates of the bootstrap; 0 for none. */
  replicates?: number;
  /** Of the bootstrap's draws. */
  seed?: number;
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
  /** Standard deviation of it over the folds. */
  tarAtFarStd: Record<string, number>;
  /** 95 % intervals of it by a bootstrap over people; empty where people are not known or too few. */
  tarAtFarInterval: Record<string, Interval>;
  /** The same rates read off the ROC curve of all pairs at once, as is done for lists without folds. */
  rocTarAtFar: Record<string, number>;
  /** 95 % interval of the accuracy: a bootstrap over people, or Wilson's over all pairs where that is not possible. */
  accuracyInterval: Interval;
  /** Accuracy and cosine threshold of each fold, in order. */
  folds: { accuracy: number; threshold: number }[];
  /** Area under the ROC curve of all pairs. */
  auc: number;
  /** Rate where false accepts equal false rejects, over all pairs. */
  eer: number;
  pairs: number;
  numFolds: number;
}

/** With fewer people than this a bootstrap says little, and may leave out its own estimate. */
const MIN_PEOPLE = 30;

/**
 * The standard k-fold verification protocol of LFW, CFP-FP and AgeDB: {@link kFoldProtocol} on the squared Euclidean
 * distance d = 2 − 2·cos of two unit embeddings, a pair being accepted where d < t.
 *
 * `tarAtFar` is what the protocol calls VAL at FAR.
 *
 * @param similarities cosine of each pair, −1 to 1; a pair without an answer is −1 (never accepted)
 * @param same whether each pair shows one person
 * @throws SemblanceError DATA_INVALID where the lengths differ or a similarity is not a number;
 *   DATA_EMPTY for fewer than two pairs.
 * @see Huang et al., Labeled Faces in the Wild, 2007; the evaluation code of FaceNet and InsightFace.
 * @example
 * ```ts
 * import { verificationMetrics } from '@semblance/lab';
 *
 * const similarities = [0.8, 0.1, 0.8, 0.2, 0.8, 0.0, 0.8, 0.3];
 * const same = [true, false, true, false, true, false, true, false];
 * const { accuracy, threshold } = verificationMetrics(similarities, same, { numFolds: 2 });
 * console.log(accuracy, threshold > 0.3 && threshold <= 0.8); // 1 true
 * ```
 */
export function verificationMetrics(
  similarities: ArrayLike<number>,
  same: ArrayLike<boolean>,
  { numFolds = 10, fars = [0.1, 0.01, 0.001], people, replicates = 1000, seed = 1 }: VerificationOptions = {},
): VerificationMetrics {
  const numPairs = similarities.length;
  if (numPairs !== same.length) {
    throw new SemblanceError('DATA_INVALID', `${numPairs} similarities but ${same.length} labels`);
  }
  if (people && people.length !== numPairs) {
    throw new SemblanceError(
      'DATA_INVALID',
      `${numPairs} similarities but the people of ${people.length} pairs`,
    );
  }
  if (numPairs < 2)
    throw new SemblanceError('DATA_EMPTY', `verification needs pairs but received ${numPairs}`);
  const folds = Math.min(numFolds, numPairs);
  const protocol = kFoldProtocol(squaredDistances(similarities), same, folds, fars);
  const { accuracies, distances, tars } = protocol();
  const accuracy = mean(accuracies);
  const byFar = <T>(value: (far: number, index: number) => T): Record<string, T> =>
    Object.fromEntries(fars.map((far, f) => [String(far), value(far, f)]));

  const samples = people && replicates > 0 ? resample(protocol, people, replicates, new Random(seed)) : [];
  const tarIntervals = fars.map((_, f) =>
    percentileInterval(
      samples.flatMap((sample) => (sample.tars[f]!.length > 0 ? [mean(sample.tars[f]!)] : [])),
    ),
  );
  const roc = rocCurve(similarities, same);
  return {
    accuracy,
    accuracyStd: standardDeviation(accuracies),
    threshold: cosine(mean(distances)),
    tarAtFar: byFar((_, f) => mean(tars[f]!)),
    tarAtFarStd: byFar((_, f) => standardDeviation(tars[f]!)),
    tarAtFarInterval: Object.fromEntries(
      fars.flatMap((far, f) => (tarIntervals[f] ? [[String(far), tarIntervals[f]]] : [])),
    ),
    rocTarAtFar: byFar((far) => tarAtFar(roc, far)),
    accuracyInterval:
      percentileInterval(samples.map((sample) => mean(sample.accuracies))) ??
      wilsonInterval(Math.round(accuracy * numPairs), numPairs),
    folds: accuracies.map((value, k) => ({ accuracy: value, threshold: cosine(distances[k]!) })),
    auc: areaUnderRoc(roc),
    eer: equalErrorRate(roc),
    pairs: numPairs,
    numFolds: folds,
  };
}

/** The protocol on people drawn with replacement, again and again. */
function resample(
  protocol: (weights: ArrayLike<number>) => KFoldResult,
  people: readonly (readonly [string, string])[],
  replicates: number,
  random: Random,
): KFoldResult[] {
  const index = new Map<string, number>();
  const indexOf = (name: string): number => {
    if (!index.has(name)) index.set(name, index.size);
    return index.get(name)!;
  };
  const pairs = people.map(([a, b]) => [indexOf(a), indexOf(b)] as const);
  if (index.size < MIN_PEOPLE) return [];
  const counts = new Float64Array(index.size);
  const weights = new Float64Array(pairs.length);
  const samples: KFoldResult[] = [];
  for (let i = 0; i < replicates; i++) {
    const sample = protocol(pairWeights(pairs, drawWithReplacement(random, counts), weights));
    // with a handful of people a replicate may leave nothing to judge
    if (sample.accuracies.length > 0) samples.push(sample);
  }
  return samples;
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

const cosine = (squaredDistance: number): number => 1 - squaredDistance / 2;
