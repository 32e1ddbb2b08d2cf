import type { FaceSubjects } from './face-subjects.ts';
import type { VectorHit, VectorIndex } from './vector-index.ts';

/** A person found by a search. */
export interface SubjectHit {
  subject: string;
  /** Cosine of the subject's most similar face, −1 to 1. */
  similarity: number;
  /** That face. */
  faceId: number;
}

/** For each embedding the k people most like it, each by their most similar face, by falling similarity. */
export function searchPeople(
  index: VectorIndex,
  subjects: FaceSubjects,
  embeddings: readonly Float32Array[],
  k: number,
): SubjectHit[][] {
  const found: SubjectHit[][] = embeddings.map(() => []);
  // the k nearest faces may all be of one person: ask for more until k people are found
  let left = embeddings.map((_, i) => i);
  for (let wanted = Math.max(4 * k, 16); left.length > 0; wanted *= 8) {
    const asked = left.map((i) => embeddings[i]!);
    const hits = index.searchMany(asked, wanted);
    left = left.filter((i, at) => {
      found[i] = peopleOf(hits[at]!, subjects, k);
      return found[i].length < k && hits[at]!.length === wanted;
    });
  }
  return found;
}

/** The first k people of faces by falling similarity, each with their first face. */
function peopleOf(hits: readonly VectorHit[], subjects: FaceSubjects, k: number): SubjectHit[] {
  const best = new Map<string, SubjectHit>();
  for (const { id, similarity } of hits) {
    if (best.size >= k) break;
    const subject = subjects.get(id)!;
    if (!best.has(subject)) best.set(subject, { subject, similarity, faceId: id });
  }
  return [...best.values()];
}
