import { asPhotoError, decodeImage, hashDistance, pictureHash } from '@semblance/face/image';
import type { OpenImages } from '../datasets/image-list.ts';
import type { PersonSource } from '../datasets/person-source.ts';
import { findLabelNoise } from '../metrics/label-noise.ts';
import { findAlike, groupsOfPairs } from '../metrics/near-duplicates.ts';

/** A photo in a report. */
export interface CleanPhoto {
  /** Place in the set. */
  index: number;
  photo: string;
  person: string;
}

export interface CleanResult {
  photos: number;
  people: number;
  missed: { photo: string; code: string; message: string }[];
  /** Similarity to a person's centre that one stranger in a thousand reaches. */
  threshold: number;
  mislabels: (CleanPhoto & { similarity: number; other: string; otherSimilarity: number })[];
  outliers: (CleanPhoto & { similarity: number; other: string; otherSimilarity: number })[];
  duplicates: (CleanPhoto & { isSamePerson: boolean })[][];
  samePeople: { first: string; second: string; similarity: number }[];
}

/** Cosine from which two photos are held against each other as pictures. */
const ALIKE = 0.9;
/** Bits of 64 in which the hashes of nearly the same picture differ at most. */
const SAME_PICTURE_BITS = 7;

/** Finds what is likely wrong with a set, by the embeddings of its photos; nothing is changed. */
export async function findProblems(
  source: PersonSource,
  images: OpenImages,
  embeddings: ReadonlyMap<number, Float32Array>,
  missed: CleanResult['missed'],
): Promise<CleanResult> {
  const indices = [...embeddings.keys()];
  const vectors = indices.map((index) => embeddings.get(index)!);
  const labels = Int32Array.from(indices, (index) => source.labels[index]!);
  const photoOf = (at: number): CleanPhoto => {
    const index = indices[at]!;
    return { index, photo: images.name(index), person: source.people[source.labels[index]!]! };
  };

  const { threshold, suspects, samePeople } = findLabelNoise(vectors, labels, source.people.length);
  const found = (kind: 'mislabel' | 'outlier') =>
    suspects
      .filter((suspect) => suspect.kind === kind)
      .map(({ index, ownSimilarity, other, otherSimilarity }) => ({
        ...photoOf(index),
        similarity: rounded(ownSimilarity),
        other: source.people[other] ?? '',
        otherSimilarity: rounded(otherSimilarity),
      }));

  const alike = findAlike(vectors, labels, ALIKE);
  const hashOf = memoized((at) => hashPhoto(images, indices[at]!));
  const same: typeof alike = [];
  for (const pair of alike) {
    const [a, b] = [await hashOf(pair.first), await hashOf(pair.second)];
    if (a !== null && b !== null && hashDistance(a, b) <= SAME_PICTURE_BITS) same.push(pair);
  }
  return {
    photos: source.labels.length,
    people: source.people.length,
    missed,
    threshold: rounded(threshold),
    mislabels: found('mislabel'),
    outliers: found('outlier'),
    duplicates: groupsOfPairs(same).map((group) =>
      group.map((at) => ({ ...photoOf(at), isSamePerson: labels[at] === labels[group[0]!] })),
    ),
    samePeople: samePeople.map(({ first, second, similarity }) => ({
      first: source.people[first]!,
      second: source.people[second]!,
      similarity: rounded(similarity),
    })),
  };
}

async function hashPhoto(images: OpenImages, index: number): Promise<bigint | null> {
  try {
    return await pictureHash(await decodeImage(await images.read(index)));
  } catch (error) {
    asPhotoError(error); // what is no fault of the photo is thrown on
    return null;
  }
}

function memoized<T>(compute: (key: number) => Promise<T>): (key: number) => Promise<T> {
  const known = new Map<number, Promise<T>>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}

const rounded = (value: number): number => (Number.isNaN(value) ? 0 : Math.round(value * 1e4) / 1e4);
