import type { Gallery } from '../gallery/gallery.ts';
import { decodeImage } from '../image/decode.ts';
import { hashDistance, pictureHash } from '../image/picture-hash.ts';
import type { Comparison } from './compare-faces.ts';
import type { ExaminedFace } from './examine-gallery.ts';
import type { CheckedFace, DuplicateFaces } from './gallery-checkup.ts';

/** Bits of 64 in which the hashes of nearly the same crop differ at most. */
const SAME_CROP_BITS = 5;
/** Cosine from which faces without crops are taken for one picture. */
const SAME_EMBEDDING = 0.995;

/** Pictures that stand in a gallery more than once: of the same bytes, or nearly the same to look at. */
export async function findDuplicates(
  gallery: Gallery,
  faces: readonly ExaminedFace[],
  alike: Comparison['alike'],
): Promise<DuplicateFaces[]> {
  const byId = new Map(faces.map(({ contentHash: _, ...face }) => [face.id, face]));
  const byContent = new Map<string, CheckedFace[]>();
  for (const { contentHash, ...face } of faces) {
    if (contentHash === null) continue;
    const same = byContent.get(contentHash);
    if (same) same.push(face);
    else byContent.set(contentHash, [face]);
  }
  const groups = [...byContent.values()].filter((group) => group.length > 1);
  const told = new Set(groups.flatMap((group) => group.map(({ id }) => id)));
  const found = groups.map((group) => asDuplicates('same_content', group));

  const near = new Map<number, number[]>();
  for (const { first, second, similarity } of alike) {
    if (told.has(first) && told.has(second)) continue;
    if (!(await isSamePicture(gallery, first, second, similarity))) continue;
    const group = near.get(first) ?? [first];
    group.push(second);
    for (const id of group) near.set(id, group);
  }
  for (const group of new Set(near.values())) {
    const there = [...new Set(group)].flatMap((id) => byId.get(id) ?? []);
    if (there.length > 1) found.push(asDuplicates('near_identical', there));
  }
  // under two names comes first: one of them is wrong
  return found.sort((a, b) => Number(a.isOneSubject) - Number(b.isOneSubject));
}

const asDuplicates = (kind: DuplicateFaces['kind'], group: readonly CheckedFace[]): DuplicateFaces => ({
  kind,
  faces: [...group],
  isOneSubject: group.every(({ subject }) => subject === group[0]!.subject),
});

async function isSamePicture(
  gallery: Gallery,
  first: number,
  second: number,
  similarity: number,
): Promise<boolean> {
  const [a, b] = [await gallery.crop(first), await gallery.crop(second)];
  if (a === null || b === null) return similarity >= SAME_EMBEDDING;
  const hashes = [await pictureHash(await decodeImage(a)), await pictureHash(await decodeImage(b))] as const;
  return hashDistance(...hashes) <= SAME_CROP_BITS;
}
