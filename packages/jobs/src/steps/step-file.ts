import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAside } from '@semblance/core/files';
import type { CodeRecord, VersionSpec } from '../model.ts';

/** What the steps are told of their version, in a file, so that they need no store. */
export interface StepFile {
  home: string;
  job: string;
  number: number;
  spec: VersionSpec;
  /** What was recorded of the code; versions of earlier stores do not say. */
  code?: CodeRecord | null;
}

const FILE = 'version.json';

export const writeStepFile = (dir: string, content: StepFile): Promise<void> =>
  writeFileAside(join(dir, FILE), JSON.stringify(content));

export const readStepFile = async (dir: string): Promise<StepFile> =>
  JSON.parse(await readFile(join(dir, FILE), 'utf8')) as StepFile;
