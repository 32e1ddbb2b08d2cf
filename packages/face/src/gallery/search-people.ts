import type { FaceSubjects } from './face-subjects.ts';
import type { Negatives } from './negatives.ts';
import type { VectorHit, VectorIndex } from './vector-index.ts';

/** What is searched. */
export interface KnownPeople {
  index: VectorIndex;
  subjects: FaceSubjects;
  negatives: Negatives;
}

/** A person found by a search. */
export interface SubjectHit {
  subject: string;
  /** Cosine of the subject's most similar face, −1 to 1. */
  similarity: number;
  /** That face. */
  faceId: number;
  /** Whether it was said of a face still more like this one that it is not theirs: never a match, see `Gallery.negatives`. */
  isRefused?: true;
  /** The share of strangers who would be so similar to somebody here, 0 to 1; left out where nothing was measured. */
  falsePositiveRate?: number;
}

/**
 * For each embedding the k people most like it, each by their most similar face, by falling similarity. Those who were
 * refused stand among them and do not count.
 *
 * @param rateOf the share of strangers who are at least so similar to somebody here; null where nothing was measured
 */
export function searchPeople(
  { index, subjects, negatives }: KnownPeople,
  embeddings: readonly Float32Array[],
  k: number,
  rateOf: (similarity: number) => number | null = () => null,
): SubjectHit[][] {
  const found: SubjectHit[][] = embeddings.map(() => []);
  // the k nearest faces may all be of one person: ask for more until k people are found
  let left = embeddings.map((_, i) => i);
  for (let wanted = Math.max(4 * k, 16); left.length > 0; wanted *= 8) {
    const asked = left.map((i) => embeddings[i]!);
    const hits = index.searchMany(asked, wanted);
    left = left.filter((i, at) => {
      found[i] = peopleOf(hits[at]!, subjects, k, (subject, similarity) =>
        negatives.refuses(subject, embeddings[i]!, similarity),
      );
      return numAble(found[i]) < k && hits[at]!.length === wanted;
    });
  }
  for (const hit of found.flat()) {
    const rate = rateOf(hit.similarity);
    if (rate !== null) hit.falsePositiveRate = rate;
  }
  return found;
}

const numAble = (hits: readonly SubjectHit[]): number => hits.filter(({ isRefused }) => !isRefused).length;

/** The first people of faces by falling similarity, each with their first face, until k of them are not refused. */
function peopleOf(
  hits: readonly VectorHit[],
  subjects: FaceSubjects,
  k: number,
  refuses: (subject: string, similarity: number) => boolean,
): SubjectHit[] {
  const best = new Map<string, SubjectHit>();
  let able = 0;
  for (const { id, similarity } of hits) {
    if (able >= k) break;
    const subject = subjects.get(id)!;
    if (best.has(subject)) continue;
    const isRefused = refuses(subject, similarity);
    best.set(subject, { subject, similarity, faceId: id, ...(isRefused ? { isRefused } : {}) });
    if (!isRefused) able++;
  }
  return [...best.values()];
}
