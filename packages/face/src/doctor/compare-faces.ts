import { dot } from '@semblance/core/vector';
import type { Gallery } from '../gallery/gallery.ts';
import type { ExaminedFace } from './examine-gallery.ts';
import type { AlikeSubjects, CheckedFace, LikelyMislabel } from './gallery-checkup.ts';

/** Faces searched in one pass. */
const BATCH = 64;
/** Faces of its own subject that a face is held against. */
const MOST_OWN = 100;
/** How much more like somebody else a face is that is likely theirs. */
const MARGIN = 0.05;
/** How far above the threshold two people are probably one: near it, people who look alike are expected now and then. */
const CLEARLY = 0.1;
/** How far below it people still count as look-alikes. */
const NEARLY = 0.03;
/** Cosine from which two faces are held against each other as pictures. */
const ALIKE = 0.95;
/** Pairs of people that are told, the most alike first. */
const MOST_PAIRS = 200;

export interface Comparison {
  mislabels: LikelyMislabel[];
  outliers: (CheckedFace & { similarity: number })[];
  twoNames: AlikeSubjects[];
  lookAlikes: AlikeSubjects[];
  /** Pairs of faces that may be one picture. */
  alike: { first: number; second: number; similarity: number }[];
}

/** Searches each face among all others: what it is most like of its own subject's, and of somebody else's. */
export async function compareFaces(
  gallery: Gallery,
  faces: readonly ExaminedFace[],
  onProgress: (done: number) => void,
): Promise<Comparison> {
  const { threshold } = gallery;
  const found: Comparison = { mislabels: [], outliers: [], twoNames: [], lookAlikes: [], alike: [] };
  const pairs = new Map<string, AlikeSubjects>();
  for (let start = 0; start < faces.length; start += BATCH) {
    onProgress(start);
    const batch = faces.slice(start, start + BATCH).flatMap(({ contentHash: _, ...face }) => {
      const embedding = gallery.embedding(face.id);
      return embedding === null ? [] : [{ face, embedding }];
    });
    const hits = await gallery.searchMany(
      batch.map(({ embedding }) => embedding),
      3,
    );
    for (const [i, { face, embedding }] of batch.entries()) {
      const own = nearestOwn(gallery, face, embedding, found.alike);
      const others = hits[i]!.filter(({ subject, isRefused }) => subject !== face.subject && !isRefused);
      for (const { faceId, similarity } of others)
        if (similarity >= ALIKE && faceId > face.id)
          found.alike.push({ first: face.id, second: faceId, similarity });
      const [nearest] = others;
      const isTheirs = own !== null && nearest !== undefined && nearest.similarity > own + MARGIN;
      if (isTheirs && nearest.similarity >= threshold) {
        const { subject: other, similarity, faceId: otherFace } = nearest;
        found.mislabels.push({
          ...face,
          ...{ similarity: rounded(own), other, otherSimilarity: rounded(similarity), otherFace },
        });
        continue;
      }
      if (own !== null && own < threshold && (nearest?.similarity ?? -1) < threshold)
        found.outliers.push({ ...face, similarity: rounded(own) });
      for (const hit of others) notePair(pairs, face, hit, threshold - NEARLY);
    }
  }
  found.mislabels = withoutVictims(found.mislabels);
  const clearly = threshold + Math.min(CLEARLY, (1 - threshold) / 2);
  // a face that is likely somebody else's makes no look-alike of its subject
  const suspects = new Set(found.mislabels.map(({ id }) => id));
  const clean = [...pairs.values()]
    .filter(({ faces: pair }) => !pair.some((id) => suspects.has(id)))
    .sort((a, b) => b.similarity - a.similarity);
  found.twoNames = clean.filter(({ similarity }) => similarity >= clearly).slice(0, MOST_PAIRS);
  found.lookAlikes = clean.filter(({ similarity }) => similarity < clearly).slice(0, MOST_PAIRS);
  found.mislabels.sort((a, b) => b.otherSimilarity - b.similarity - (a.otherSimilarity - a.similarity));
  found.outliers.sort((a, b) => a.similarity - b.similarity);
  return found;
}

/** A face that is found alike by one under the wrong name is not wrong itself: of the two, the one more like its own stays out. */
function withoutVictims(mislabels: readonly LikelyMislabel[]): LikelyMislabel[] {
  const byId = new Map(mislabels.map((face) => [face.id, face]));
  return mislabels.filter(({ subject, similarity, otherFace }) => {
    const other = byId.get(otherFace);
    return other?.other !== subject || other.similarity >= similarity;
  });
}

/** Cosine to the most similar other face of the same subject; null where there is none. */
function nearestOwn(
  gallery: Gallery,
  { id, subject }: CheckedFace,
  embedding: Float32Array,
  alike: Comparison['alike'],
): number | null {
  let best: number | null = null;
  for (const other of gallery.facesOf(subject).slice(0, MOST_OWN)) {
    const vector = other === id ? null : gallery.embedding(other);
    if (vector === null) continue;
    const similarity = dot(embedding, vector);
    if (similarity >= ALIKE && other > id) alike.push({ first: id, second: other, similarity });
    best = Math.max(best ?? -1, similarity);
  }
  return best;
}

function notePair(
  pairs: Map<string, AlikeSubjects>,
  { id, subject }: CheckedFace,
  hit: { subject: string; similarity: number; faceId: number },
  least: number,
): void {
  if (hit.similarity < least) return;
  const isFirst = subject < hit.subject;
  const subjects: [string, string] = isFirst ? [subject, hit.subject] : [hit.subject, subject];
  const key = subjects.join('\0');
  if ((pairs.get(key)?.similarity ?? -1) >= hit.similarity) return;
  const faces: [number, number] = isFirst ? [id, hit.faceId] : [hit.faceId, id];
  pairs.set(key, { subjects, similarity: rounded(hit.similarity), faces });
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
