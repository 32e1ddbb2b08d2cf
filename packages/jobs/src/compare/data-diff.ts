import { openLines } from '../record/lines.ts';

/** What became of an input's files from one version to another. */
export interface DataDiff {
  input: string;
  numAdded: number;
  numRemoved: number;
  numChanged: number;
  /** The first of each, as `+ name`, `- name`, `~ name`. */
  shown: string[];
}

const MOST_SHOWN = 20;

/**
 * Compares two listings of an input (`name TAB bytes TAB hash`, sorted by name) in one pass; null where one of them is
 * not there.
 */
export async function diffData(input: string, from: string, to: string): Promise<DataDiff | null> {
  const diff: DataDiff = { input, numAdded: 0, numRemoved: 0, numChanged: 0, shown: [] };
  const note = (mark: '+' | '-' | '~', { name }: Entry): void => {
    if (mark === '+') diff.numAdded++;
    else if (mark === '-') diff.numRemoved++;
    else diff.numChanged++;
    if (diff.shown.length < MOST_SHOWN) diff.shown.push(`${mark} ${name}`);
  };
  const [before, after] = [entriesOf(from), entriesOf(to)];
  try {
    let [a, b] = [await before.next(), await after.next()];
    while (!a.done || !b.done) {
      if (!a.done && !b.done && a.value.name === b.value.name) {
        if (a.value.content !== b.value.content) note('~', b.value);
        [a, b] = [await before.next(), await after.next()];
      } else if (b.done || (!a.done && a.value.name < b.value.name)) {
        note('-', (a as { value: Entry }).value);
        a = await before.next();
      } else {
        note('+', b.value);
        b = await after.next();
      }
    }
    return diff;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

interface Entry {
  name: string;
  content: string;
}

async function* entriesOf(listing: string): AsyncGenerator<Entry> {
  for await (const line of await openLines(listing)) {
    const tab = line.indexOf('\t');
    yield { name: line.slice(0, tab), content: line.slice(tab + 1) };
  }
}
