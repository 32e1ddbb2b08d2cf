/** Faces, and what was said not to be a subject's, that become another subject's. */
export interface FaceMove {
  /** Whose they are: what is somebody else's by then stays theirs. */
  from: string;
  to: string;
  /** Ids; all that the subject has by then, and with them all that was said not to be theirs. */
  faces: readonly number[] | 'all';
  /** Ids of what was said not to be the subject's. */
  negatives?: readonly number[];
}

/** What moved. */
export interface MovedFaces {
  from: string;
  to: string;
  faces: number[];
  negatives: number[];
}

export type NameChangeKind = 'rename' | 'merge' | 'split';

/** A change of who is called what, kept so that it can be undone. */
export interface NameChange {
  id: number;
  kind: NameChangeKind;
  /** When, in ISO 8601. */
  at: string;
  /** Whose the faces are since. */
  to: string;
  moved: { from: string; faces: number[]; negatives: number[] }[];
}

/** What is written of a move: a change of its own, or that a change is undone by it, where that is still there. */
export type NameNote = { kind: NameChangeKind } | { undoes: number };

/** The last changes, the oldest first. */
export interface NameJournal {
  next: number;
  changes: NameChange[];
}

export const noChanges = (): NameJournal => ({ next: 1, changes: [] });

/** Changes that are kept, and ids in all of them: what is older cannot be undone. */
const MOST_CHANGES = 50;
const MOST_IDS = 20_000;

/** The journal once faces have moved: null where the change that was to be undone is not there any more. */
export function withNote(journal: NameJournal, note: NameNote): NameJournal | null {
  if ('kind' in note) return journal;
  if (!journal.changes.some(({ id }) => id === note.undoes)) return null;
  return { ...journal, changes: journal.changes.filter(({ id }) => id !== note.undoes) };
}

/** The journal with one more change; the oldest go where there are too many. */
export function withChange(
  { next, changes }: NameJournal,
  kind: NameChangeKind,
  moved: readonly MovedFaces[],
): NameJournal {
  const to = moved[0]?.to;
  if (to === undefined) return { next, changes };
  const change: NameChange = {
    ...{ id: next, kind, at: new Date().toISOString(), to },
    moved: moved.map(({ from, faces, negatives }) => ({ from, faces, negatives })),
  };
  const kept = [...changes, change].slice(-MOST_CHANGES);
  let numIds = kept.reduce((sum, each) => sum + idsIn(each), 0);
  while (kept.length > 1 && numIds > MOST_IDS) numIds -= idsIn(kept.shift()!);
  return { next: next + 1, changes: kept };
}

const idsIn = ({ moved }: NameChange): number =>
  moved.reduce((sum, { faces, negatives }) => sum + faces.length + negatives.length, 0);

/**
 * The journal without those who are gone: faces, and every change that names a subject who is gone, or one that such a change
 * names, since it may be another name of theirs.
 */
export function withoutGone(
  { next, changes }: NameJournal,
  faces: readonly number[],
  subjects: readonly string[],
): NameJournal {
  const [goneFaces, goneNames] = [new Set(faces), new Set(subjects)];
  let left = changes;
  for (let before = -1; before !== left.length; ) {
    before = left.length;
    const isGone = (change: NameChange): boolean => namesIn(change).some((name) => goneNames.has(name));
    for (const change of left.filter(isGone)) for (const name of namesIn(change)) goneNames.add(name);
    left = left.filter((change) => !isGone(change));
  }
  const kept = left.flatMap((change) => {
    const moved = change.moved
      .map((group) => ({ ...group, faces: group.faces.filter((id) => !goneFaces.has(id)) }))
      .filter((group) => group.faces.length > 0);
    return moved.length === 0 ? [] : [{ ...change, moved }];
  });
  return { next, changes: kept };
}

const namesIn = ({ to, moved }: NameChange): string[] => [to, ...moved.map(({ from }) => from)];
