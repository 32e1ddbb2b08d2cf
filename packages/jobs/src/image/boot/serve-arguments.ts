import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Env } from '@semblance/core';
import { exists, readJsonFile } from '@semblance/core/files';
import { SERVICE_PORT } from '../places.ts';

/** What the variables begin with that set options of the service. */
const VARIABLES = 'SEMBLANCE_SERVE_';

/** Where an image keeps what its service serves. */
export interface ServedPlaces {
  models: string;
  gallery: string;
}

/**
 * The arguments of `semblance serve` inside an image: open to other machines, at the image's port, with the models and the
 * gallery that are in the image. What is given comes first: by a flag, a variable (`SEMBLANCE_SERVE_…`) or the file of `--config`.
 */
export async function serveArguments(
  given: readonly string[],
  places: ServedPlaces,
  env: Env = process.env,
): Promise<string[]> {
  const presets: Record<string, string> = { host: '0.0.0.0', port: String(SERVICE_PORT) };
  const models = await modelsIn(places.models);
  // one of each: of several, nobody but the caller knows which
  if (models.detection.length === 1 && models.recognition.length === 1) {
    presets.detector = models.detection[0]!;
    presets.recognizer = models.recognition[0]!;
  }
  if (await exists(places.gallery)) presets.gallery = places.gallery;
  const inFile = await namesInFile(given, env);
  const isGiven = (name: string): boolean =>
    given.some((word) => word === `--${name}` || word.startsWith(`--${name}=`)) ||
    Boolean(env[VARIABLES + name.toUpperCase()]) ||
    inFile.includes(name);
  const areModelsGiven = isGiven('detector') || isGiven('recognizer');
  const added = Object.entries(presets).filter(
    ([name]) => !isGiven(name) && !(areModelsGiven && (name === 'detector' || name === 'recognizer')),
  );
  return [...added.flatMap(([name, value]) => [`--${name}`, value]), ...given];
}

/** The options that the file sets; what is wrong with it the service says. */
async function namesInFile(given: readonly string[], env: Env): Promise<string[]> {
  const at = given.indexOf('--config');
  const flag = given.find((word) => word.startsWith('--config='))?.slice('--config='.length);
  const path = at >= 0 ? given[at + 1] : (flag ?? env[`${VARIABLES}CONFIG`]);
  if (!path) return [];
  return Object.keys((await readJsonFile(path).catch(() => null)) ?? {});
}

async function modelsIn(dir: string): Promise<{ detection: string[]; recognition: string[] }> {
  const found = { detection: [] as string[], recognition: [] as string[] };
  const names = (await exists(dir)) ? (await readdir(dir)).sort() : [];
  for (const name of names) {
    const manifest = (await readJsonFile(join(dir, name, 'manifest.json'))) as { task?: string } | null;
    if (manifest?.task === 'detection' || manifest?.task === 'recognition')
      found[manifest.task].push(join(dir, name));
  }
  return found;
}
