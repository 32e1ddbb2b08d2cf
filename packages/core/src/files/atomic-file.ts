import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SemblanceError } from '../error.ts';

/** Puts JSON in a file's place in one step, on the disk: a reader sees the old content or the new one. */
export async function writeJsonFile(path: string, value: unknown, mode = 0o600): Promise<void> {
  const tmp = `${path}.${process.pid}.new`;
  {
    await using file = await open(tmp, 'w', mode);
    await file.writeFile(`${JSON.stringify(value, null, 2)}\n`);
    await file.sync();
  }
  await rename(tmp, path);
  await using folder = await open(dirname(path), 'r');
  await folder.sync();
}

/**
 * The JSON of a file; null where there is none.
 *
 * @throws SemblanceError DATA_CORRUPT
 */
export async function readJsonFile(path: string): Promise<unknown> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new SemblanceError('DATA_CORRUPT', `${path} is not valid JSON`, { cause });
  }
}
