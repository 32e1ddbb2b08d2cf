import type { SubjectHit } from '@semblance/face/gallery';
import type { ServingUnit } from '../../fleet/unit.ts';
import { likeness } from '../../review/grouping.ts';
import type { GroupOfFaces } from '../../review/review-types.ts';

/** Of a group so many of its clearest faces are looked up, and enrolled where it is said whose they are. */
export const MOST_LOOKED_UP = 3;
/** Most subjects that are suggested: the keys 1 to 5. */
const MOST_SUGGESTIONS = 5;
/** Subjects that are looked for, so that enough are left without those who it is not. */
const MOST_HITS = 12;
const MOST_ALIKE = 5;

/** Somebody a group may be. */
export type Suggestion = Pick<SubjectHit, 'subject' | 'similarity' | 'faceId' | 'falsePositiveRate'>;

/** A group with what may be answered. */
export interface AskedGroup extends GroupOfFaces {
  /** The most similar subjects, best first. */
  suggestions: Suggestion[];
  /** Other groups that may be the same person's, the most alike first. */
  alike: { group: number; similarity: number }[];
  /** By which the queue is in order, 0 and more: how much an answer settles, and how easily it is given. */
  usefulness: number;
}

/** The faces of a group that are looked up and enrolled. */
export const clearest = ({ faces }: GroupOfFaces) => faces.slice(0, MOST_LOOKED_UP);

/**
 * What to ask, the most useful first: groups of many faces, near to somebody, before single faces that are like nobody. A group
 * that would be recognised by now is not asked about any more.
 */
export async function askedGroups(unit: ServingUnit, groups: readonly GroupOfFaces[]): Promise<AskedGroup[]> {
  const { threshold } = unit;
  const faces = groups.flatMap(clearest);
  const hits = await unit.search(
    faces.map(({ embedding }) => embedding),
    MOST_HITS,
  );
  const hitsOf = new Map(faces.map(({ id }, i) => [id, hits[i]!]));
  const waiting = groups.flatMap((group) => {
    const found = clearest(group).map(({ id }) => hitsOf.get(id)!);
    const isKnown = (of: readonly SubjectHit[]): boolean => {
      const best = of.find(({ isRefused }) => !isRefused);
      return best !== undefined && best.similarity >= threshold && !group.refused.includes(best.subject);
    };
    if (2 * found.filter(isKnown).length > found.length) return [];
    const suggestions = suggestionsOf(found, group.refused);
    return [{ ...group, suggestions, usefulness: usefulnessOf(group, suggestions[0], threshold) }];
  });
  return waiting
    .map((group) => ({ ...group, alike: alikeTo(group, waiting) }))
    .sort((a, b) => b.usefulness - a.usefulness || a.id - b.id);
}

/** Of each subject the best face; those who it is not, by what was said of this group or of faces like it, are left out. */
function suggestionsOf(found: readonly SubjectHit[][], refused: readonly string[]): Suggestion[] {
  const best = new Map<string, Suggestion>();
  for (const { isRefused, ...hit } of found.flat()) {
    if (isRefused || hit.similarity <= 0 || refused.includes(hit.subject)) continue;
    const known = best.get(hit.subject);
    if (!known || known.similarity < hit.similarity) best.set(hit.subject, hit);
  }
  return [...best.values()].sort((a, b) => b.similarity - a.similarity).slice(0, MOST_SUGGESTIONS);
}

function usefulnessOf({ seen }: GroupOfFaces, best: Suggestion | undefined, threshold: number): number {
  const nearness = Math.min(1, Math.max(0, (best?.similarity ?? 0) / Math.max(threshold, 1e-6)));
  return Number((Math.log2(1 + seen) * (1 + nearness)).toFixed(4));
}

function alikeTo(group: GroupOfFaces, all: readonly GroupOfFaces[]): AskedGroup['alike'] {
  return all
    .filter(({ id }) => id !== group.id)
    .map((other) => ({ group: other.id, similarity: likeness(clearest(group), clearest(other)) }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, MOST_ALIKE);
}
