import { existsSync } from 'node:fs';
import type { Env } from '@semblance/core';
import { namesVersion } from '@semblance/jobs';
import type { TaskRequest } from '@semblance/jobs/kinds';
import { commandKinds } from './index.ts';

/** A location, or a version whose model or gallery it is. */
const standsByItself = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || (namesVersion(text) && !existsSync(text));

/**
 * A task with the paths of the models and the gallery that it names, or leaves to the defaults: a version records what
 * it ran on, whatever the names stand for later. Paths and locations stay as they are.
 *
 * @throws SemblanceError MODEL_NOT_FOUND, MODEL_NOT_CHOSEN, GALLERY_NOT_FOUND
 */
export async function withNamedInputs(task: TaskRequest, env: Env): Promise<TaskRequest> {
  const kind = commandKinds.find(({ name }) => name === task.task);
  if (!kind) return task;
  const { findModel } = await import('@semblance/face/models');
  const { findGallery } = await import('@semblance/face/gallery');
  const options = { ...task.options };
  const has = (name: string): boolean => kind.options[name] === 'input';
  for (const [name, of] of [
    ['detector', 'detection'],
    ['recognizer', 'recognition'],
  ] as const) {
    const given = options[name];
    const isNeeded = kind.required.includes(name) || (name === 'detector' && options.crops === undefined);
    if (!has(name) || (given === undefined && !isNeeded) || (given && standsByItself(given))) continue;
    options[name] = await findModel(given, of, env);
  }
  const { init } = options;
  if (kind.trains && init !== undefined && !standsByItself(init) && !init.endsWith('.safetensors'))
    options.init = await findModel(init, kind.trains, env);
  if (has('gallery') && !(options.gallery && standsByItself(options.gallery)))
    options.gallery = await findGallery(options.gallery, env);
  return { ...task, options };
}
