import { readFile } from 'node:fs/promises';
import { appendFile } from '@semblance/core/files';
import type { Box } from '@semblance/face/geometry';

/** What became of a photo; a line of `align.jsonl`. */
export interface AlignedPhoto {
  /** The photo's name in its set. */
  photo: string;
  /** Hash of the photo's bytes and of all that decides what its crop looks like. */
  key: string;
  /** The crop below the folder, or null where there is none. */
  crop: string | null;
  box: Box | null;
  score: number | null;
  /** Why there is no crop. */
  error: string | null;
}

/** Photos that were aligned before, by content: an interrupted run goes on, and a photo that was moved is not looked at again. */
export interface AlignJournal {
  get(key: string): AlignedPhoto | undefined;
  add(photo: AlignedPhoto): Promise<void>;
}

/** Opens the journal; a last line that was cut off by a crash is passed over. */
export async function openAlignJournal(path: string): Promise<AlignJournal> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const known = new Map<string, AlignedPhoto>();
  for (const line of text.split('\n')) {
    const entry = entryOf(line);
    if (entry) known.set(entry.key, entry);
  }
  // what was cut off must not become one line with what is added
  if (text !== '' && !text.endsWith('\n')) await appendFile(path, '\n');
  return {
    get: (key) => known.get(key),
    async add(photo) {
      known.set(photo.key, photo);
      await appendFile(path, `${JSON.stringify(photo)}\n`);
    },
  };
}

function entryOf(line: string): AlignedPhoto | null {
  try {
    const entry = JSON.parse(line) as Partial<AlignedPhoto> | null;
    return typeof entry?.key === 'string' && typeof entry.photo === 'string' ? (entry as AlignedPhoto) : null;
  } catch {
    return null; // a blank or broken line: that photo is looked at again
  }
}
