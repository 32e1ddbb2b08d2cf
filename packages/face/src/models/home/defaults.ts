import { join } from 'node:path';
import type { Env } from '@semblance/core';
import { makeFolder, readJsonFile, writeJsonFile } from '@semblance/core/files';
import { check } from '@semblance/core/schema';
import { z } from 'zod';
import { SemblanceError } from '../../error.ts';
import { modelsFolder } from './pulled.ts';

const defaults = z.strictObject({
  detector: z.string().min(1).optional(),
  recognizer: z.string().min(1).optional(),
});

/** What commands take where no model is named: names of pulled models, or absolute paths. */
export type DefaultModels = z.infer<typeof defaults>;

/** @throws SemblanceError DATA_CORRUPT, DATA_INVALID */
export async function readDefaults(env: Env = process.env): Promise<DefaultModels> {
  const path = defaultsFile(env);
  const value = (await readJsonFile(path)) ?? {};
  const flaw = check(defaults, value, { whole: 'the file' });
  if (flaw) throw new SemblanceError('DATA_INVALID', `${path}: ${flaw.message}`);
  return value as DefaultModels;
}

/** Changes the defaults that are given and keeps the others. */
export async function writeDefaults(changes: DefaultModels, env: Env = process.env): Promise<DefaultModels> {
  const all = { ...(await readDefaults(env)), ...changes };
  await makeFolder(modelsFolder(env));
  await writeJsonFile(defaultsFile(env), all);
  return all;
}

const defaultsFile = (env: Env): string => join(modelsFolder(env), 'default.json');
