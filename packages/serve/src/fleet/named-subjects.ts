import { readJsonFile, writeJsonFile } from '@semblance/core/files';
import type { SharedNames } from '@semblance/face/gallery';

/** Subjects that were named and have no face yet; a gallery itself knows only those with faces. */
export interface NamedSubjects {
  has(name: string): boolean;
  all(): string[];
  add(...names: string[]): Promise<void>;
  forget(name: string): Promise<void>;
  /** Others may have changed them. */
  reload(): Promise<void>;
}

/** Names that several machines share, in the gallery's own database. */
export async function sharedNamedSubjects(shared: SharedNames): Promise<NamedSubjects> {
  let names = new Set(await shared.all());
  return {
    has: (name) => names.has(name),
    all: () => [...names],
    async add(...added) {
      const missing = added.filter((name) => !names.has(name));
      if (missing.length === 0) return;
      await shared.add(missing);
      names = names.union(new Set(missing));
    },
    async forget(name) {
      if (!names.has(name)) return;
      await shared.forget(name);
      names.delete(name);
    },
    async reload() {
      names = new Set(await shared.all());
    },
  };
}

/** Keeps the names in a file beside the gallery: what is said here is in the file. */
export async function openNamedSubjects(path: string): Promise<NamedSubjects> {
  let names: ReadonlySet<string> = new Set(((await readJsonFile(path)) as string[] | null) ?? []);
  let last: Promise<unknown> = Promise.resolve();
  /** One change after the other, each on what the one before left in the file. */
  function change(make: (before: ReadonlySet<string>) => Set<string>): Promise<void> {
    const turn = last.then(async () => {
      const changed = make(names);
      if (changed.symmetricDifference(names).size === 0) return;
      await writeJsonFile(path, [...changed], 0o600);
      names = changed;
    });
    last = turn.catch(() => {}); // said to whoever asked
    return turn;
  }
  return {
    has: (name) => names.has(name),
    all: () => [...names],
    add: (...added) => change((before) => before.union(new Set(added))),
    forget: (name) => change((before) => before.difference(new Set([name]))),
    reload: async () => {},
  };
}
