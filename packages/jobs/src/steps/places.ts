import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@semblance/core/files';
import { versionName } from '../model.ts';
import type { JobParts } from '../parts.ts';
import { type ObjectStorage, openLocation } from '../storage/index.ts';
import type { StepFile } from './step-file.ts';

/** A location with `{job}` and `{version}` filled in, also where a URL has written their brackets as %7B and %7D. */
export function filledLocation(location: string, { job, number }: Pick<StepFile, 'job' | 'number'>): string {
  const values: Record<string, string> = { job, version: versionName(number) };
  return location.replace(
    /(?:\{|%7B)(job|version)(?:\}|%7D)/gi,
    (_, name: string) => values[name.toLowerCase()]!,
  );
}

/** Opens a location for as long as `action` takes. */
export async function withLocation<T>(
  location: string,
  { storage: drivers }: JobParts,
  action: (storage: ObjectStorage) => Promise<T>,
): Promise<T> {
  const storage = await openLocation(location, { drivers });
  try {
    return await action(storage);
  } finally {
    await storage.close();
  }
}

/** Makes each of the folders. */
export async function makeFolders(...folders: string[]): Promise<void> {
  for (const folder of folders) await makeFolder(folder);
}

/** Where an input lies that came to `dir`: a location that names a single object stands for the file that came. */
export async function placeOf(dir: string, location: string): Promise<string> {
  const [only, ...others] = await readdir(dir);
  const isFile = only !== undefined && others.length === 0 && location.endsWith(`/${only}`);
  return isFile ? join(dir, only) : dir;
}
