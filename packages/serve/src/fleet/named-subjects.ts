import { rm } from 'node:fs/promises';
import { readJsonFile, writeJsonFile } from '@semblance/core/files';
import { type Gallery, isBlank, type SharedNames } from '@semblance/face/gallery';

/** Subjects without a face; the gallery's index knows only those with one. */
export interface NamedSubjects {
  has(name: string): boolean;
  all(): string[];
  add(...names: string[]): Promise<void>;
  /** They have a face now, or are gone: of whom nothing else was said is kept no longer for that alone. */
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

/** @param path a file of names that earlier versions kept beside a gallery, which takes them over */
export async function openNamedSubjects({ profiles }: Gallery, path: string): Promise<NamedSubjects> {
  const earlier = (await readJsonFile(path)) as string[] | null;
  if (earlier !== null) {
    for (const name of earlier) await profiles.write(name, {});
    await rm(path, { force: true });
  }
  const names = new Set((await profiles.list(true)).map(({ name }) => name));
  return {
    has: (name) => names.has(name),
    all: () => [...names],
    async add(...added) {
      for (const name of added) {
        await profiles.write(name, {});
        names.add(name);
      }
    },
    async forget(name) {
      if (!names.has(name)) return;
      const known = await profiles.find({ name });
      if (known && isBlank(known)) await profiles.clear(name);
      names.delete(name);
    },
    reload: async () => {},
  };
}

/** Takes names out of such a file, of a gallery that nobody has opened since. */
export async function forgetNames(path: string, names: readonly string[]): Promise<void> {
  const earlier = (await readJsonFile(path)) as string[] | null;
  const left = earlier?.filter((name) => !names.includes(name)) ?? [];
  if (left.length < (earlier?.length ?? 0)) await writeJsonFile(path, left, 0o600);
}
