import { mean } from '@semblance/core/statistics';
import { dot, normalize } from '@semblance/core/vector';

const degrees = (cosine: number): number => (Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;

/**
 * How tight people are and how far apart, in degrees: the mean angle of an embedding to the mean direction of its
 * person, and of each person's mean direction to the nearest of another person.
 *
 * @param people unit vectors of each person; persons with one embedding count for the distance alone
 */
export function classAngles(people: readonly (readonly Float32Array[])[]): {
  within: number;
  between: number;
} {
  const centres = people.map((embeddings) => {
    const sum = new Float32Array(embeddings[0]!.length);
    for (const embedding of embeddings) for (const [i, value] of embedding.entries()) sum[i]! += value;
    return normalize(sum);
  });
  const within = people.flatMap((embeddings, i) =>
    embeddings.length > 1 ? embeddings.map((embedding) => degrees(dot(embedding, centres[i]!))) : [],
  );
  const between = centres.map((centre, i) =>
    degrees(Math.max(...centres.map((other, j) => (i === j ? -1 : dot(centre, other))))),
  );
  return { within: within.length > 0 ? mean(within) : 0, between: mean(between) };
}
