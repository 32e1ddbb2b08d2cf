import { stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { didYouMean, type Env } from '@semblance/core';
import { SemblanceError } from '../../error.ts';
import { readCatalogue } from '../catalogue/catalogue.ts';
import type { ModelTask } from '../catalogue/entry.ts';
import { readDefaults } from './defaults.ts';
import { modelsNamed, partNames, pulledModels } from './pulled.ts';

/**
 * The path of the model that a user means: by its path, by the name of a pulled model, or, where nothing is given, the
 * default of the task.
 *
 * A path that exists comes first, but for a folder that is no model and has the name of one.
 *
 * @throws SemblanceError MODEL_NOT_FOUND, which says how the model is pulled where the catalogue has it;
 *   MODEL_NOT_CHOSEN where nothing is given and there is no default; MODEL_WRONG_TASK for a name of another task
 */
export async function findModel(
  given: string | undefined,
  task: ModelTask,
  env: Env = process.env,
): Promise<string> {
  const what = partNames[task];
  if (given !== undefined) return pathOf(given, task, env);
  const chosen = (await readDefaults(env))[what];
  if (chosen !== undefined) return pathOf(chosen, task, env);
  const message =
    `no ${what} was given and none is the default: semblance model pull fetches one and makes it the default ` +
    `(semblance model list shows them), and --${what} names one`;
  throw new SemblanceError('MODEL_NOT_CHOSEN', message);
}

/** A model that a user means. */
export interface FoundModel {
  path: string;
  /** Of a pulled one. */
  name: string | null;
}

/**
 * All that a name or path stands for: of a pulled pair, both.
 *
 * @throws SemblanceError MODEL_NOT_FOUND
 */
export async function findModels(given: string, env: Env = process.env): Promise<FoundModel[]> {
  const named = await modelsNamed(given, env);
  const path = await pathOf(given, named[0]?.task ?? null, env);
  return path === named[0]?.path ? named : [{ path, name: null }];
}

/** @param task null where any will do */
async function pathOf(given: string, task: ModelTask | null, env: Env): Promise<string> {
  const info = await stat(given).catch(() => null);
  if (info && (!info.isDirectory() || (await isModel(given)) || isPath(given))) return given;
  const models = isPath(given) ? [] : await modelsNamed(given, env);
  const model = models.find((candidate) => candidate.task === task);
  if (model) return model.path;
  if (models.length > 0 && task !== null) {
    const message = `${given} is a ${partNames[models[0]!.task]}, but a ${partNames[task]} is needed`;
    throw new SemblanceError('MODEL_WRONG_TASK', message);
  }
  if (info) return given; // a folder without a manifest: whoever opens it says what it lacks
  throw await noModel(given, task, env);
}

async function noModel(given: string, task: ModelTask | null, env: Env): Promise<SemblanceError> {
  const details = { path: given };
  if (isPath(given)) return new SemblanceError('MODEL_NOT_FOUND', `no such model: ${given}`, { details });
  const entries = await readCatalogue(env);
  if (entries.some(({ name }) => name === given)) {
    const message = `the model ${given} is not on this machine: download it with semblance model pull ${given}`;
    return new SemblanceError('MODEL_NOT_FOUND', message, { details });
  }
  const pulled = (await pulledModels(env))
    .filter((model) => task === null || model.task === task)
    .map(({ name }) => name);
  const there = pulled.length > 0 ? ` (pulled are ${pulled.join(', ')})` : '';
  const known = [...pulled, ...entries.map(({ name }) => name)];
  return new SemblanceError(
    'MODEL_NOT_FOUND',
    `no such model: ${given} is not a file or folder, nor the name of a pulled model${there}${didYouMean(given, known)}`,
    { details },
  );
}

/** Whether a text can only be a path: it has a separator or an extension of a model's file. */
const isPath = (text: string): boolean => text.includes('/') || text.includes(sep) || text.endsWith('.onnx');

const isModel = (path: string): Promise<boolean> =>
  stat(join(path, 'manifest.json')).then(
    () => true,
    () => false,
  );
