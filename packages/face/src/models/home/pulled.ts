import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Env, semblanceHome } from '@semblance/core';
import { isSemblanceError } from '../../error.ts';
import type { ModelTask } from '../catalogue/entry.ts';
import type { Manifest } from '../manifest.ts';
import { readManifest } from '../model-folder.ts';

/** What the model of a task is called where a name stands for a pair of them. */
export const partNames = { detection: 'detector', recognition: 'recognizer' } as const satisfies Record<
  ModelTask,
  string
>;

/** A model in the user's own folder. */
export interface PulledModel {
  name: string;
  task: ModelTask;
  /** Its model folder. */
  path: string;
  manifest: Manifest;
}

/** `$SEMBLANCE_HOME/models`, or `~/.semblance/models`: a folder for each name. */
export const modelsFolder = (env: Env = process.env): string => semblanceHome(env, 'models');

/**
 * The models in the user's own folder, by name: `NAME/manifest.json`, or `NAME/detector/` and `NAME/recognizer/` for a
 * pair. What is no model, or one that cannot be read, is passed over.
 */
export async function pulledModels(env: Env = process.env): Promise<PulledModel[]> {
  const root = modelsFolder(env);
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => !entry.name.startsWith('.')).map(({ name }) => name);
  const found = await Promise.all(names.sort().map((name) => modelsNamed(name, env)));
  return found.flat();
}

/** The model or the pair of a name; none where there is no such name. */
export async function modelsNamed(name: string, env: Env = process.env): Promise<PulledModel[]> {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)) return [];
  const root = join(modelsFolder(env), name);
  const paths = [root, ...Object.values(partNames).map((part) => join(root, part))];
  const models: PulledModel[] = [];
  for (const path of paths) {
    try {
      const manifest = await readManifest(path);
      models.push({ name, task: manifest.task, path, manifest });
    } catch (error) {
      if (!isSemblanceError(error)) throw error;
    }
  }
  return models;
}
