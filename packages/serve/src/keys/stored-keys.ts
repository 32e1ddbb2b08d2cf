import { readFileSync, statSync } from 'node:fs';
import { parseJsonFile } from '@semblance/core/files';
import { checkFile } from '@semblance/core/schema';
import { z } from 'zod';
import { SemblanceError } from '../error.ts';
import { keyRoles } from './roles.ts';

const storedKey = z.looseObject({
  id: z.string().min(1),
  role: z.enum(keyRoles),
  /** What it is for, in words. */
  label: z.string(),
  /** SHA-256 of the secret, in hex: 32 random bytes need no slower hash. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ expected: '64 hexadecimal digits' }),
  createdAt: z.string(),
  revokedAt: z.string().nullable(),
  /** From when on it is refused; earlier versions of the file know no such time. */
  expiresAt: z.iso.datetime().meta({ expected: 'a time as 2026-12-31T00:00:00Z' }).nullable().optional(),
});

/** A key as it is kept: what it is worth cannot be told from it. */
export type StoredKey = z.output<typeof storedKey>;

const content = z.looseObject({ format: z.literal('semblance-keys/1'), keys: z.array(storedKey) });

/** The text of a file that holds these keys. */
export const keysText = (keys: StoredKey[]): string =>
  `${JSON.stringify({ format: 'semblance-keys/1', keys } satisfies z.output<typeof content>, null, 2)}\n`;

/** Which version of a file there is: another after each change; empty where there is no file. */
export const versionOf = (path: string): string => {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.mtimeNs} ${stats.ctimeNs} ${stats.ino} ${stats.size}` : '';
};

/**
 * The keys of a file; none where there is no file.
 *
 * Read before it returns: a request between a change and its reading would be judged by what was.
 *
 * @throws SemblanceError DATA_CORRUPT
 */
export function readKeys(path: string): StoredKey[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return [];
  // what is no file, as a pipe, would keep us waiting
  if (!stats.isFile()) throw new SemblanceError('DATA_CORRUPT', `${path} is not a file`);
  return checkFile(path, parseJsonFile(path, readFileSync(path)), content).keys;
}
