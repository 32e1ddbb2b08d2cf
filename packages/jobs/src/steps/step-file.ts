import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VersionSpec } from '../model.ts';

/** What the steps are told of their version, in a file, so that they need no store. */
export interface StepFile {
  home: string;
  job: string;
  number: number;
  spec: VersionSpec;
}

const FILE = 'version.json';

export const writeStepFile = (dir: string, content: StepFile): Promise<void> =>
  writeWhole(join(dir, FILE), JSON.stringify(content));

export const readStepFile = async (dir: string): Promise<StepFile> =>
  JSON.parse(await readFile(join(dir, FILE), 'utf8')) as StepFile;

/** Writes a file that appears whole or not at all. */
export async function writeWhole(path: string, content: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}
