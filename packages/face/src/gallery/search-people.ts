import { dot } from '@semblance/core/vector';
import type { FaceSubjects } from './face-subjects.ts';
import type { Negatives } from './negatives.ts';
import { type SubjectScore, scoreOf } from './settings.ts';
import type { VectorHit, VectorIndex } from './vector-index.ts';

/** What is searched. */
export interface KnownPeople {
  index: VectorIndex;
  subjects: FaceSubjects;
  negatives: Negatives;
  /** How alike a subject is; `max` if not given. */
  score?: SubjectScore;
}

/** A person found by a search. */
export interface SubjectHit {
  subject: string;
  /** Cosine of the subject's most similar face, −1 to 1; or the mean of those of their most similar ones. */
  similarity: number;
  /** The most similar one. */
  faceId: number;
  /** Whether it was said of a face still more like this one that it is not theirs: never a match, see `Gallery.negatives`. */
  isRefused?: true;
  /** The share of strangers who would be so similar to somebody here, 0 to 1; left out where nothing was measured. */
  falsePositiveRate?: number;
}

/**
 * For each embedding the k people most like it, by falling similarity: that of their most similar face, or the mean of
 * those of their n most similar ones, of which those who have fewer have all. Those who were refused stand among them and
 * do not count.
 *
 * @param rateOf the share of strangers who are at least so similar to somebody here; null where nothing was measured
 */
export function searchPeople(
  known: KnownPeople,
  embeddings: readonly Float32Array[],
  k: number,
  rateOf: (similarity: number) => number | null = () => null,
): SubjectHit[][] {
  const { index, negatives, score = 'max' } = known;
  const found: SubjectHit[][] = embeddings.map(() => []);
  // the k nearest faces may all be of one person: ask for more until k people are found
  let left = embeddings.map((_, i) => i);
  for (let wanted = Math.max(4 * k, 16); left.length > 0; wanted *= 8) {
    const asked = left.map((i) => embeddings[i]!);
    const hits = index.searchMany(asked, wanted);
    left = left.filter((i, at) => {
      const near = hits[at]!;
      const refuses = (subject: string, similarity: number) =>
        negatives.refuses(subject, embeddings[i]!, similarity);
      const people = peopleOf(near, known.subjects, score === 'max' ? k : Infinity, refuses);
      found[i] = score === 'max' ? people : byMean(known, embeddings[i]!, people, score.meanOfTop);
      // nobody's mean is above their most similar face, nor is that above the last of these
      const able = found[i].filter(({ isRefused }) => !isRefused);
      const least = score === 'max' ? -Infinity : near.at(-1)!.similarity;
      const isEnough = able.length >= k && able[k - 1]!.similarity >= least;
      found[i] = upTo(found[i], k);
      return !isEnough && near.length === wanted;
    });
  }
  for (const hit of found.flat()) {
    const rate = rateOf(hit.similarity);
    if (rate !== null) hit.falsePositiveRate = rate;
  }
  return found;
}

/** The first of them, until k are not refused. */
function upTo(people: readonly SubjectHit[], k: number): SubjectHit[] {
  let able = 0;
  const end = people.findIndex(({ isRefused }) => (isRefused ? false : ++able === k));
  return end < 0 ? [...people] : people.slice(0, end + 1);
}

/** People with the mean of their n most similar faces in the place of the most similar one's, by falling similarity. */
function byMean(
  { index, subjects }: KnownPeople,
  embedding: Float32Array,
  people: readonly SubjectHit[],
  n: number,
): SubjectHit[] {
  const facesOf = subjects.facesOfThese(people.map(({ subject }) => subject));
  const means = people.map((person) => {
    const similarities = facesOf.get(person.subject)!.map((id) => dot(index.get(id)!, embedding));
    return { ...person, similarity: scoreOf(similarities, { meanOfTop: n }) };
  });
  return means.sort((a, b) => b.similarity - a.similarity);
}

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
