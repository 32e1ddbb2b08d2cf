import type { EvaluatedPhoto } from './embed-photos.ts';
import { thumbnail } from './thumbnail.ts';
import type { ScoredPairs } from './verification.ts';

/** A pair that was judged worse than others, with its photos in small. */
export interface WorstPair {
  first: string;
  second: string;
  same: boolean;
  /** Cosine; −1 where a photo gave no embedding. */
  similarity: number;
  /** Both photos as JPEG in data URLs. */
  pictures: readonly [string, string];
}

/** The pairs of both kinds that were judged worst, those of one person first: eight of each. See {@link worstPairs}. */
export async function worstOfBothKinds(
  scored: ScoredPairs,
  photos: readonly EvaluatedPhoto[],
): Promise<WorstPair[]> {
  const count = 8;
  const kinds = [true, false].map((same) => worstPairs(scored, photos, { same, count }));
  return (await Promise.all(kinds)).flat();
}

/**
 * The pairs of one kind that were judged worst: of one person those least alike, of two people those most alike.
 *
 * @param photos those of the pairs, by name
 * @param count the most to give
 */
export async function worstPairs(
  { pairs, similarities }: ScoredPairs,
  photos: readonly EvaluatedPhoto[],
  { same, count }: { same: boolean; count: number },
): Promise<WorstPair[]> {
  const photoOf = new Map(photos.map((photo) => [photo.name, photo]));
  const kind = pairs.flatMap((pair, i) =>
    pair.same === same ? [{ ...pair, similarity: similarities[i]! }] : [],
  );
  kind.sort((a, b) => (same ? a.similarity - b.similarity : b.similarity - a.similarity));
  const picture = (name: string): Promise<string> => {
    const { path, read } = photoOf.get(name)!;
    return thumbnail(read?.() ?? path);
  };
  return Promise.all(
    kind.slice(0, count).map(async (pair) => ({
      ...pair,
      pictures: [await picture(pair.first), await picture(pair.second)] as const,
    })),
  );
}
