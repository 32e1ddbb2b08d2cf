/** Finds names whatever case they are asked for in. */
export interface Spellings {
  /** The name itself where there is one, another spelling of it otherwise; null where there is none. */
  find(name: string): Promise<string | null>;
  add(name: string): void;
  /** Names have gone: they are read anew when one is asked for. */
  forget(): void;
}

const folded = (name: string): string => name.toLowerCase();

type Known = Map<string, Set<string>>;

function put(known: Known, name: string): void {
  const spellings = known.get(folded(name));
  if (spellings) spellings.add(name);
  else known.set(folded(name), new Set([name]));
}

async function read(all: () => Promise<string[]>): Promise<Known> {
  const known: Known = new Map();
  for (const name of await all()) put(known, name);
  return known;
}

/** Keeps the names of a gallery, read when the first is asked for, by what they have in common in any case. */
export function createSpellings(all: () => Promise<string[]>): Spellings {
  let known: Promise<Known> | null = null;
  return {
    add: (name) => void known?.then((names) => put(names, name)),
    async find(name) {
      known ??= read(all);
      const spellings = (await known).get(folded(name));
      return spellings?.has(name) ? name : (spellings?.values().next().value ?? null);
    },
    forget: () => void (known = null),
  };
}
