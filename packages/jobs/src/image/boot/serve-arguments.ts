import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, readJsonFile } from '@semblance/core/files';
import { SERVICE_PORT } from '../places.ts';

/** Where an image keeps what its service serves. */
export interface ServedPlaces {
  models: string;
  gallery: string;
}

/**
 * The arguments of `semblance serve` inside an image: open to other machines, at the image's port, with the models and the
 * gallery that are in the image. What is given comes first.
 */
export async function serveArguments(given: readonly string[], places: ServedPlaces): Promise<string[]> {
  const presets: Record<string, string> = { host: '0.0.0.0', port: String(SERVICE_PORT) };
  const models = await modelsIn(places.models);
  // one of each: of several, nobody but the caller knows which
  if (models.detection.length === 1 && models.recognition.length === 1) {
    presets.detector = models.detection[0]!;
    presets.recognizer = models.recognition[0]!;
  }
  if (await exists(places.gallery)) presets.gallery = places.gallery;
  const isGiven = (name: string): boolean =>
    given.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  const areModelsGiven = isGiven('detector') || isGiven('recognizer');
  const added = Object.entries(presets).filter(
    ([name]) => !isGiven(name) && !(areModelsGiven && (name === 'detector' || name === 'recognizer')),
  );
  return [...added.flatMap(([name, value]) => [`--${name}`, value]), ...given];
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
