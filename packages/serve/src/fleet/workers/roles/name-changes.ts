import type { Gallery, NameChange } from '@semblance/face/gallery';
import type { NamedSubjects } from '../../named-subjects.ts';

/** What a gallery's thread does with names: merges and splits people, and undoes it. */
export function nameMethods(gallery: Gallery, named: NamedSubjects, changed: () => void) {
  /** Does a change, after which nobody with faces counts as one without. */
  async function change<T>(names: readonly string[], action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } finally {
      for (const name of names) if (gallery.has(name)) await named.forget(name);
      changed();
    }
  }
  return {
    /** Makes one subject of several, of whom some may have no face; gives the number of faces moved. */
    merge: ({ subjects, into }: { subjects: string[]; into: string }): Promise<number> =>
      change([into], async () => {
        const faceless = subjects.filter((name) => !gallery.has(name) && named.has(name));
        const moved = await gallery.names.merge(
          subjects.filter((name) => !faceless.includes(name)),
          into,
        );
        if (!gallery.has(into)) await named.add(into);
        for (const name of faceless) if (name !== into) await named.forget(name);
        return moved;
      }),
    split: ({ subject, faces, into }: { subject: string; faces: number[]; into: string }): Promise<number> =>
      change([into], () => gallery.names.split(subject, faces, into)),
    /**
     * Undoes the last change of names.
     *
     * @param like the change that was undone in another gallery of the same people: another is not undone here
     */
    undo: (like: NameChange | null): Promise<NameChange | null> =>
      change(like?.moved.map(({ from }) => from) ?? [], async () => {
        const [last] = await gallery.names.changes();
        if (like !== null && (last === undefined || wordsOf(last) !== wordsOf(like))) return null;
        const undone = await gallery.names.undo();
        for (const { from } of undone.moved) if (gallery.has(from)) await named.forget(from);
        return undone;
      }),
    /** Moves the faces of a change back, in a gallery that does not remember it. */
    async moveBack({ to, moved }: NameChange): Promise<null> {
      await change(
        moved.map(({ from }) => from),
        async () => {
          for (const { from, faces } of moved) {
            const there = faces.filter((id) => gallery.subjectOf(id) === to);
            if (there.length > 0) await gallery.names.split(to, there, from);
          }
        },
      );
      return null;
    },
    nameChanges: (_: null): Promise<NameChange[]> => gallery.names.changes(),
  };
}

const wordsOf = ({ kind, to, moved }: NameChange): string =>
  JSON.stringify([kind, to, ...moved.map(({ from }) => from)]);
