import type { z } from 'zod';
import { SemblanceError } from '../error.ts';
import { readJsonFile } from '../files/index.ts';
import { check } from './check.ts';

/**
 * The JSON of a file, held against a schema; null where there is no such file.
 *
 * @throws SemblanceError DATA_CORRUPT saying what is wrong where
 */
export async function readCheckedFile<S extends z.ZodType>(
  path: string,
  schema: S,
): Promise<z.output<S> | null> {
  const value = await readJsonFile(path);
  return value === null ? null : checkFile(path, value, schema);
}

/**
 * What a file holds, held against a schema.
 *
 * @throws SemblanceError DATA_CORRUPT saying what is wrong where
 */
export function checkFile<S extends z.ZodType>(path: string, value: unknown, schema: S): z.output<S> {
  const flaw = check(schema, value, { whole: 'the file' });
  if (!flaw) return schema.parse(value);
  throw new SemblanceError(
    'DATA_CORRUPT',
    `${path} is damaged or was written by another version: ${flaw.message}`,
    {
      details: { key: flaw.path },
    },
  );
}
