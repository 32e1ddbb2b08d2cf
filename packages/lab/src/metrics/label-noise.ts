import { valueAt } from '@semblance/core/statistics';
import { dot, normalized } from '@semblance/core/vector';

/** A photo that may not show whom it is said to show. */
export interface Suspect {
  index: number;
  /** Cosine to the centre of the photo's own person, the photo itself left out. */
  ownSimilarity: number;
  /** The other person it is most like. */
  other: number;
  otherSimilarity: number;
  /** `mislabel`: clearly more like the other person. `outlier`: no more like its own person than a stranger is. */
  kind: 'mislabel' | 'outlier';
}

export interface LabelNoise {
  /** Similarity to a person's centre that one stranger in a thousand reaches; −1 where there are no strangers. */
  threshold: number;
  /** Mislabels first, the clearest first. */
  suspects: Suspect[];
  /** Pairs of people who may be one, the most alike first. */
  samePeople: { first: number; second: number; similarity: number }[];
}

export interface LabelNoiseOptions {
  /** Share of strangers that the threshold lets through (0.001). */
  strangers?: number;
  /** How much more like the other person a mislabel is (0.05). */
  margin?: number;
  /** Cosine of two centres from which two people may be one (0.75). */
  samePeople?: number;
}

/** So many similarities to strangers tell the threshold. */
const MOST_SAMPLES = 2_000_000;

/**
 * Finds photos that are likely under the wrong name, by their embeddings.
 *
 * The centre of a person is the normalised mean of the half of their photos that lies nearest to the mean of all, so that a few
 * wrong ones do not move it. A photo is a mislabel where its cosine to another centre is above the threshold and exceeds that to
 * its own by the margin; an outlier where that to its own is below the threshold. People with one photo have no centre without
 * it: they can only be mislabelled.
 *
 * @param embeddings L2-normalised, of one length
 * @param labels person of each, 0 … numPeople − 1
 */
export function findLabelNoise(
  embeddings: readonly Float32Array[],
  labels: ArrayLike<number>,
  numPeople: number,
  { strangers = 0.001, margin = 0.05, samePeople = 0.75 }: LabelNoiseOptions = {},
): LabelNoise {
  const groups: number[][] = Array.from({ length: numPeople }, () => []);
  for (let i = 0; i < embeddings.length; i++) groups[labels[i]!]!.push(i);
  const cores = groups.map((group) => coreOf(group, embeddings));
  const centres = cores.map((core) => (core.length === 0 ? null : normalized(sum(core, embeddings))));

  const own = new Float32Array(embeddings.length).fill(Number.NaN);
  for (const [label, group] of groups.entries()) {
    for (const i of group) {
      const rest = cores[label]!.filter((k) => k !== i);
      if (group.length > 1 && rest.length > 0)
        own[i] = dot(normalized(sum(rest, embeddings)), embeddings[i]!);
    }
  }

  const pairs = alike(centres, samePeople);
  const twins = new Set(
    pairs.flatMap(({ first, second }) => [first * numPeople + second, second * numPeople + first]),
  );
  const other = new Int32Array(embeddings.length).fill(-1);
  const otherSimilarity = new Float32Array(embeddings.length).fill(-1);
  const sampled: number[] = [];
  const every = Math.max(1, Math.floor((embeddings.length * numPeople) / MOST_SAMPLES));
  let count = 0;
  for (const [i, embedding] of embeddings.entries()) {
    for (const [label, centre] of centres.entries()) {
      if (centre === null || label === labels[i]) continue;
      const similarity = dot(centre, embedding);
      // what is being looked for must not raise the threshold: photos more like another, people with two names
      const isStranger = similarity < own[i]! && !twins.has(labels[i]! * numPeople + label);
      if (isStranger && groups[label]!.length > 1 && count++ % every === 0) sampled.push(similarity);
      if (similarity > otherSimilarity[i]!) [otherSimilarity[i], other[i]] = [similarity, label];
    }
  }
  const threshold = shareBelow(sampled, 1 - strangers);

  const suspects: Suspect[] = [];
  for (let index = 0; index < embeddings.length; index++) {
    const facts = {
      index,
      ownSimilarity: own[index]!,
      other: other[index]!,
      otherSimilarity: otherSimilarity[index]!,
    };
    const isAlone = Number.isNaN(facts.ownSimilarity);
    const ownOrThreshold = isAlone ? threshold : facts.ownSimilarity;
    if (facts.otherSimilarity > threshold && facts.otherSimilarity > ownOrThreshold + margin) {
      suspects.push({ ...facts, kind: 'mislabel' });
    } else if (!isAlone && facts.ownSimilarity < threshold) suspects.push({ ...facts, kind: 'outlier' });
  }
  const clearness = ({ kind, ownSimilarity, otherSimilarity: most }: Suspect): number =>
    kind === 'mislabel'
      ? 2 + most - (Number.isNaN(ownSimilarity) ? threshold : ownSimilarity)
      : -ownSimilarity;
  suspects.sort((a, b) => clearness(b) - clearness(a));
  return { threshold, suspects, samePeople: pairs };
}

/** The half of a group (two at least) that lies nearest to its mean. */
function coreOf(group: readonly number[], embeddings: readonly Float32Array[]): number[] {
  if (group.length <= 2) return [...group];
  const mean = normalized(sum(group, embeddings));
  const bySimilarity = group.map((i) => [dot(mean, embeddings[i]!), i] as const).sort((a, b) => b[0] - a[0]);
  return bySimilarity.slice(0, Math.max(2, Math.ceil(group.length / 2))).map(([, i]) => i);
}

function alike(
  centres: readonly (Float32Array | null)[],
  least: number,
): { first: number; second: number; similarity: number }[] {
  const pairs: { first: number; second: number; similarity: number }[] = [];
  for (const [first, a] of centres.entries()) {
    for (let second = first + 1; second < centres.length; second++) {
      const b = centres[second];
      const similarity = a && b ? dot(a, b) : -1;
      if (similarity >= least) pairs.push({ first, second, similarity });
    }
  }
  return pairs.sort((a, b) => b.similarity - a.similarity);
}

function sum(indices: readonly number[], embeddings: readonly Float32Array[]): Float32Array {
  const total = new Float32Array(embeddings[indices[0]!]!.length);
  for (const i of indices) for (let k = 0; k < total.length; k++) total[k]! += embeddings[i]![k]!;
  return total;
}

/** The value below which this share of the values lies; −1 where there are none, so that nothing lies below. */
function shareBelow(values: number[], share: number): number {
  return values.length === 0 ? -1 : valueAt(Float32Array.from(values).sort(), share);
}
