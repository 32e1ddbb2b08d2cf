import type { UnitSpec } from '../fleet/unit.ts';

/** One entry of a revision: a unit, by name, with its share of the requests in percent. */
export interface RevisionEntry extends UnitSpec {
  /** Of a training version, as `face-r50/V0003`, or of the command line, `start`. */
  name: string;
  weight: number;
}

export type RevisionState = 'preparing' | 'active' | 'superseded' | 'rolled_back' | 'failed';

/** What serves, or served: every change makes a new one. */
export interface Revision {
  /** D0001, … */
  id: string;
  createdAt: string;
  state: RevisionState;
  /** Why it is in this state, where that needs words. */
  reason: string | null;
  /** What served before it, and is gone back to. */
  before: string | null;
  entries: RevisionEntry[];
}

/** Share of faces that were embedded anew, while a revision is prepared. */
export interface PrepareProgress {
  done: number;
  total: number;
}

/**
 * The entries with a new one of `weight` percent: the others share the rest in their old proportions, in whole percents
 * by the largest remainders; an entry left with nothing goes. An old entry of the same
 * name or with the same models is replaced.
 */
export function withEntry(entries: readonly RevisionEntry[], added: RevisionEntry): RevisionEntry[] {
  const isSame = (entry: RevisionEntry) =>
    entry.name === added.name ||
    (['detector', 'recognizer', 'gallery'] as const).every((part) => entry[part] === added[part]);
  const others = entries.filter((entry) => !isSame(entry));
  const rest = 100 - added.weight;
  const total = others.reduce((sum, { weight }) => sum + weight, 0);
  if (rest === 0 || total === 0) return [{ ...added, weight: 100 }];
  const exact = others.map((entry) => ({ entry, share: (entry.weight / total) * rest }));
  const whole = exact.map(({ share }) => Math.floor(share));
  let left = rest - whole.reduce((sum, value) => sum + value, 0);
  const byRemainder = exact
    .map(({ share }, i) => ({ i, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder) if (left-- > 0) whole[i]!++;
  const scaled = exact
    .map(({ entry }, i) => ({ ...entry, weight: whole[i]! }))
    .filter(({ weight }) => weight > 0);
  return [...scaled, added];
}

/** A revision as the audit has it once it serves. */
export const asAudited = ({ id, entries }: Revision): { target: string } => ({
  target: `${id} ${entries.at(-1)?.name ?? ''}`.trim(),
});
