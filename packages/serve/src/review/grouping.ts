import { dot } from '@semblance/core/vector';
import { clusterFaces } from '@semblance/face/cluster';
import type { FaceGroup, UnknownFace } from './review-file.ts';

/** Faces by their embeddings, L2-normalised. */
interface Embedded {
  embedding: Float32Array;
}

/**
 * Groups faces that came since the last time: those that are one person's go together, to the group whose faces are most like
 * them on average where that reaches the threshold, else to a new one. Groups that are there keep their faces.
 *
 * @param groups the faces of each group that is there
 * @returns for each new group of faces the place of the group they belong to; null for a new one
 */
export function placeFaces<F extends Embedded>(
  loose: readonly F[],
  groups: readonly (readonly Embedded[])[],
  threshold: number,
): { faces: F[]; group: number | null }[] {
  const sums = groups.map(sumOf);
  return clusterFaces(
    loose.map(({ embedding }) => embedding),
    { threshold },
  ).map((members) => {
    const faces = members.map((i) => loose[i]!);
    const sum = sumOf(faces);
    let [group, most]: [number | null, number] = [null, threshold];
    for (const [i, other] of sums.entries()) {
      const mean = dot(sum, other) / (faces.length * groups[i]!.length);
      if (mean >= most) [group, most] = [i, mean];
    }
    return { faces, group };
  });
}

/** How alike two groups are: the mean cosine of a face of one and a face of the other. */
export const likeness = (a: readonly Embedded[], b: readonly Embedded[]): number =>
  dot(sumOf(a), sumOf(b)) / (a.length * b.length);

function sumOf(faces: readonly Embedded[]): Float64Array {
  const sum = new Float64Array(faces[0]?.embedding.length ?? 0);
  for (const { embedding } of faces) for (let i = 0; i < sum.length; i++) sum[i]! += embedding[i]!;
  return sum;
}

/** A group that waits, of faces that came. */
export const newGroup = (faces: readonly UnknownFace[]): Omit<FaceGroup, 'id'> => ({
  ...{ state: 'waiting', seen: faces.length, refused: [], enrolled: [] },
  firstMs: Math.min(...faces.map(({ atMs }) => atMs)),
  lastMs: Math.max(...faces.map(({ atMs }) => atMs)),
});

/** The faces of each group, the clearest first. */
export function byGroup(faces: Iterable<UnknownFace>): Map<number, UnknownFace[]> {
  const all = new Map<number, UnknownFace[]>();
  for (const face of faces) {
    if (face.group === null) continue;
    const list = all.get(face.group);
    if (list) list.push(face);
    else all.set(face.group, [face]);
  }
  for (const list of all.values()) list.sort((a, b) => b.quality - a.quality || a.id - b.id);
  return all;
}
