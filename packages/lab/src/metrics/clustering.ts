/** How well faces were grouped by person: precision, recall and their harmonic mean, 0 to 1. */
export interface Agreement {
  precision: number;
  recall: number;
  f: number;
}

export interface ClusteringMetrics {
  /** Of pairs of faces: of those in one group the share of one person's, and of those of one person the share in one group. */
  pairwise: Agreement;
  /** The mean over faces: of the faces in its group the share of its person's, and of its person's the share in its group. */
  bcubed: Agreement;
  groups: number;
  people: number;
  faces: number;
}

/**
 * Holds groups against who the faces really are. Large people weigh with the square of their faces in `pairwise`, and with
 * their faces in `bcubed`.
 *
 * @param groups indices of faces; every face in one group
 * @param people whose each face is
 * @see Amigó et al., A comparison of extrinsic clustering evaluation metrics, Information Retrieval 2009 (BCubed)
 * @example
 * ```ts
 * import { clusteringMetrics } from '@semblance/lab/metrics';
 *
 * const { pairwise, bcubed } = clusteringMetrics([[0, 1, 2], [3]], ['ada', 'ada', 'bob', 'bob']);
 * console.log(pairwise.precision.toFixed(3), pairwise.recall, bcubed.precision.toFixed(3), bcubed.recall); // 0.333 0.5 0.667 0.75
 * ```
 */
export function clusteringMetrics(
  groups: readonly (readonly number[])[],
  people: readonly string[],
): ClusteringMetrics {
  const ofPerson = counted(people);
  const pairs = (n: number): number => (n * (n - 1)) / 2;
  let [together, right, precision, recall] = [0, 0, 0, 0];
  for (const group of groups) {
    together += pairs(group.length);
    for (const [person, both] of counted(group.map((face) => people[face]!))) {
      right += pairs(both);
      precision += (both * both) / group.length;
      recall += (both * both) / ofPerson.get(person)!;
    }
  }
  let ofOne = 0;
  for (const n of ofPerson.values()) ofOne += pairs(n);
  return {
    pairwise: agreement(right / Math.max(1, together), right / Math.max(1, ofOne)),
    bcubed: agreement(precision / Math.max(1, people.length), recall / Math.max(1, people.length)),
    groups: groups.length,
    people: ofPerson.size,
    faces: people.length,
  };
}

function agreement(precision: number, recall: number): Agreement {
  const f = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  return { precision, recall, f };
}

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
