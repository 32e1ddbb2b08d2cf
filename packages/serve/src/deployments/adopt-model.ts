import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder, writeAside } from '@semblance/core/files';
import { MODEL_FILES } from '@semblance/face/models';
import { SemblanceError } from '../error.ts';
import { SERVED } from './servable.ts';

/**
 * Copies a model into the service's own folder, under a name made of its content, so that it can be served and gone back to
 * whatever becomes of the version it was trained as.
 *
 * @param made is told of a copy that was not there before
 * @returns the path of the copy.
 * @throws SemblanceError MODEL_NOT_FOUND
 */
export async function adoptModel(
  stateDir: string,
  path: string,
  made: (path: string) => void,
): Promise<string> {
  const stats = await stat(path).catch((cause: unknown) => {
    throw new SemblanceError('MODEL_NOT_FOUND', `no such model: ${path}`, { cause });
  });
  const files = stats.isDirectory() ? SERVED.map((name) => join(path, name)) : [path];
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new SemblanceError(
        'MODEL_NOT_FOUND',
        `${path} is not a model folder: it has no ${MODEL_FILES[0]}`,
        {
          cause,
        },
      );
    });
    hash.update(bytes);
  }
  const models = join(resolve(stateDir), 'models');
  const target = join(models, `${hash.digest('hex').slice(0, 24)}${stats.isDirectory() ? '' : '.onnx'}`);
  if (await stat(target).catch(() => null)) return target;
  await makeFolder(models);
  made(target);
  await writeAside(target, async (aside) => {
    if (!stats.isDirectory()) return cp(path, aside);
    await mkdir(aside);
    for (const name of SERVED) await cp(join(path, name), join(aside, name));
  });
  return target;
}
