import { existsSync } from 'node:fs';
import { readJsonFile } from '@semblance/core/files';
import type { DataRecord } from '../model.ts';
import type { EarlierData } from './step-file.ts';

/** What an attempt before this one has read, by what it left at `path`. */
export async function lastAttempt(path: string): Promise<EarlierData[]> {
  if (!existsSync(path)) return [];
  const { data } = (await readJsonFile(path)) as { data: DataRecord[] };
  return [{ version: 'the attempt before', data }];
}

/** Who read something else of the same name at the same place before; null where nobody did. */
export function whoReadOther(
  { name, location, fingerprint }: DataRecord,
  earlier: readonly EarlierData[],
): string | null {
  // hashes and dates do not tell whether they are of the same
  const kindOf = (print: string): string => print.split(':')[0]!;
  const isOther = (one: DataRecord): boolean =>
    one.name === name &&
    one.location === location &&
    kindOf(one.fingerprint) === kindOf(fingerprint) &&
    one.fingerprint !== fingerprint;
  return earlier.find(({ data }) => data.some(isOther))?.version ?? null;
}
