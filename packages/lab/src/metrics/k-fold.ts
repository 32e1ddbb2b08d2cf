/** What one pass of the protocol over the folds gives; a fold without weight has no entry. */
export interface KFoldResult {
  /** Share of pairs judged right, by fold. */
  accuracies: number[];
  /** Squared distance below which a pair is accepted, by fold. */
  distances: number[];
  /** [far][fold] share of genuine pairs accepted; folds without genuine pairs are left out. */
  tars: number[][];
}

/** Thresholds of the protocol, on squared Euclidean distances of unit vectors: 0 to 4. */
const accuracySteps = { count: 400, size: 0.01 };
const tarSteps = { count: 4000, size: 0.001 };

/**
 * The k-fold protocol of LFW as a function of the pairs' weights, so that a bootstrap can run it a thousand times.
 *
 * Accuracy: for each fold, the first t of {0, 0.01, …, 3.99} with the most right answers (d < t: one person) on the
 * other folds, then the share of right answers on the fold. TAR: t where the other folds' FAR crosses the target,
 * linear between steps of 0.001, then the fold's share of genuine pairs with d < t.
 *
 * @param distances squared Euclidean distance of each pair, 0 to 4
 * @param same whether each pair shows one person
 * @param numFolds contiguous folds; 1 judges all pairs by themselves
 * @returns a function of one weight for each pair (counts: how often the pair is in the sample); none means 1 each
 */
export function kFoldProtocol(
  distances: Float64Array,
  same: ArrayLike<boolean>,
  numFolds: number,
  fars: readonly number[],
): (weights?: ArrayLike<number>) => KFoldResult {
  const numPairs = distances.length;
  const foldOf = Uint32Array.from({ length: numPairs }, (_, i) => foldIndex(i, numPairs, numFolds));
  const coarse = distances.map((d) => firstStepAbove(d, accuracySteps));
  const fine = distances.map((d) => firstStepAbove(d, tarSteps));
  const ones = new Float64Array(numPairs).fill(1);
  // made once: a bootstrap calls this a thousand times
  const matches = new StepCounts(numFolds, accuracySteps.count);
  const falseAccepts = new StepCounts(numFolds, tarSteps.count);

  return (weights = ones) => {
    const genuine = new Float64Array(numFolds);
    const impostor = new Float64Array(numFolds);
    matches.clear();
    falseAccepts.clear();
    for (let i = 0; i < numPairs; i++) {
      const [k, weight] = [foldOf[i]!, weights[i]!];
      if (same[i]) {
        genuine[k]! += weight;
        matches.add(k, coarse[i]!, weight);
      } else {
        impostor[k]! += weight;
        matches.add(k, coarse[i]!, -weight);
        falseAccepts.add(k, fine[i]!, weight);
      }
    }
    matches.accumulate();
    falseAccepts.accumulate();

    const result: KFoldResult = { accuracies: [], distances: [], tars: fars.map(() => []) };
    const numImpostors = impostor.reduce((sum, weight) => sum + weight, 0);
    const limits = fars.map(() => new Float64Array(numFolds));
    for (let k = 0; k < numFolds; k++) {
      const total = genuine[k]! + impostor[k]!;
      if (total > 0) {
        const best = bestStep(matches, k);
        // right answers: accepted genuine pairs and impostor pairs that are not accepted
        result.accuracies.push((matches.at(k, best) + impostor[k]!) / total);
        result.distances.push(best * accuracySteps.size);
      }
      const others = numFolds === 1 ? numImpostors : numImpostors - impostor[k]!;
      for (const [f, far] of fars.entries()) limits[f]![k] = distanceAtFar(falseAccepts, k, others, far);
    }
    for (const [f, limit] of limits.entries()) {
      const accepted = new Float64Array(numFolds);
      for (let i = 0; i < numPairs; i++) {
        const k = foldOf[i]!;
        if (same[i] && distances[i]! < limit[k]!) accepted[k]! += weights[i]!;
      }
      for (let k = 0; k < numFolds; k++) {
        if (genuine[k]! > 0) result.tars[f]!.push(accepted[k]! / genuine[k]!);
      }
    }
    return result;
  };
}

/** Weight below each threshold, by fold. */
class StepCounts {
  readonly numSteps: number;
  readonly numFolds: number;
  /** [fold][step], and the sum over the folds in the last row. */
  readonly #sums: Float64Array;

  constructor(numFolds: number, numSteps: number) {
    this.numFolds = numFolds;
    this.numSteps = numSteps;
    this.#sums = new Float64Array((numFolds + 1) * numSteps);
  }

  clear(): void {
    this.#sums.fill(0);
  }

  add(fold: number, step: number, weight: number): void {
    if (step < this.numSteps) this.#sums[fold * this.numSteps + step]! += weight;
  }

  /** From the weight at each step to the weight up to it. */
  accumulate(): void {
    const { numSteps, numFolds } = this;
    const sums = this.#sums;
    const all = numFolds * numSteps;
    for (let start = 0; start < all; start += numSteps) {
      let sum = 0;
      for (let t = 0; t < numSteps; t++) {
        sum += sums[start + t]!;
        sums[start + t] = sum;
        sums[all + t]! += sum;
      }
    }
  }

  at(fold: number, step: number): number {
    return this.#sums[fold * this.numSteps + step]!;
  }

  /** Of all folds but this one; of this one where it is the only one. */
  others(fold: number, step: number): number {
    const all = this.#sums[this.numFolds * this.numSteps + step]!;
    return this.numFolds === 1 ? all : all - this.#sums[fold * this.numSteps + step]!;
  }
}

/** numpy's `array_split`: the first n mod k folds are one longer. */
function foldIndex(i: number, n: number, k: number): number {
  const short = Math.floor(n / k);
  const numLong = n % k;
  const inLong = numLong * (short + 1);
  return i < inLong ? Math.floor(i / (short + 1)) : numLong + Math.floor((i - inLong) / short);
}

/** The first threshold above d; the product is compared as numpy's arange makes it. */
function firstStepAbove(d: number, { count, size }: { count: number; size: number }): number {
  let step = Math.max(0, Math.floor(d / size) - 1);
  while (step < count && step * size <= d) step++;
  return step;
}

/** The first step at which the other folds have the most right answers. */
function bestStep(matches: StepCounts, fold: number): number {
  let best = 0;
  for (let t = 1; t < matches.numSteps; t++) {
    if (matches.others(fold, t) > matches.others(fold, best)) best = t;
  }
  return best;
}

/** Distance where the FAR of the other folds together reaches `far`; 0 where it never does. */
function distanceAtFar(falseAccepts: StepCounts, fold: number, numImpostors: number, far: number): number {
  if (numImpostors === 0) return 0;
  const farAt = (t: number): number => falseAccepts.others(fold, t) / numImpostors;
  let [low, high] = [0, falseAccepts.numSteps]; // the first step with FAR ≥ far lies in [low, high]
  while (low < high) {
    const middle = (low + high) >> 1;
    if (farAt(middle) >= far) high = middle;
    else low = middle + 1;
  }
  if (low === 0 || low === falseAccepts.numSteps) return 0;
  const [below, above] = [farAt(low - 1), farAt(low)];
  return tarSteps.size * (low - 1 + (far - below) / (above - below));
}
