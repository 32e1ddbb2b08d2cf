import { didYouMean, type Env } from '@semblance/core';
import { readJsonFile } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import { type CatalogueEntry, parseCatalogue } from './entry.ts';
import { publishedModels } from './published.ts';

/**
 * The models that can be pulled: the published ones, and those of a catalogue of one's own, the file that
 * `SEMBLANCE_MODEL_CATALOGUE` names.
 *
 * @throws SemblanceError PATH_NOT_FOUND, DATA_CORRUPT or DATA_INVALID for that file; a name of the published ones in it
 *   is DATA_INVALID, so that nobody's `yunet` is another than everybody's
 */
export async function readCatalogue(env: Env = process.env): Promise<CatalogueEntry[]> {
  const path = env.SEMBLANCE_MODEL_CATALOGUE;
  if (!path) return [...publishedModels];
  const value = await readJsonFile(path);
  if (value === null) {
    throw new SemblanceError('PATH_NOT_FOUND', `SEMBLANCE_MODEL_CATALOGUE: no such file: ${path}`);
  }
  const own = parseCatalogue(value, path);
  const taken = new Set(publishedModels.map(({ name }) => name));
  for (const { name } of own) {
    if (taken.has(name))
      throw new SemblanceError(
        'DATA_INVALID',
        `${path}: the name ${name} is already taken: choose another one`,
      );
    taken.add(name);
  }
  return [...publishedModels, ...own];
}

/** The entry of a name. @throws SemblanceError MODEL_NOT_FOUND */
export async function catalogueEntry(name: string, env: Env = process.env): Promise<CatalogueEntry> {
  const entries = await readCatalogue(env);
  const found = entries.find((entry) => entry.name === name);
  if (found) return found;
  const message = `the catalogue has no model '${name}'; semblance model list shows what there is`;
  throw new SemblanceError(
    'MODEL_NOT_FOUND',
    message +
      didYouMean(
        name,
        entries.map((entry) => entry.name),
      ),
  );
}
