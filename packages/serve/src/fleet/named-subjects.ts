import { readJsonFile, writeJsonFile } from '@semblance/core/files';

/** Subjects that were named and have no face yet; a gallery itself knows only those with faces. */
export interface NamedSubjects {
  has(name: string): boolean;
  all(): string[];
  add(...names: string[]): Promise<void>;
  forget(name: string): Promise<void>;
}

/** Keeps the names in a file beside the gallery. */
export async function openNamedSubjects(path: string): Promise<NamedSubjects> {
  const names = new Set(((await readJsonFile(path)) as string[] | null) ?? []);
  const save = () => writeJsonFile(path, [...names], 0o600);
  return {
    has: (name) => names.has(name),
    all: () => [...names],
    async add(...added) {
      for (const name of added) names.add(name);
      if (added.length > 0) await save();
    },
    async forget(name) {
      if (names.delete(name)) await save();
    },
  };
}
