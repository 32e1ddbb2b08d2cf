import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAside } from '@semblance/core/files';
import type { CodeRecord, DataRecord, VersionSpec } from '../model.ts';

/** What the steps are told of their version, in a file, so that they need no store. */
export interface StepFile {
  home: string;
  job: string;
  number: number;
  spec: VersionSpec;
  /** What was recorded of the code; versions of earlier stores do not say. */
  code?: CodeRecord | null;
  /** What the version it was made from has read, or the one before it in the job. */
  earlier?: EarlierData | null;
}

/** Inputs as another version has read them. */
export interface EarlierData {
  /** `faces/V0001`. */
  version: string;
  data: readonly DataRecord[];
}

const FILE = 'version.json';

export const writeStepFile = (dir: string, content: StepFile): Promise<void> =>
  writeFileAside(join(dir, FILE), JSON.stringify(content));

export const readStepFile = async (dir: string): Promise<StepFile> =>
  JSON.parse(await readFile(join(dir, FILE), 'utf8')) as StepFile;
