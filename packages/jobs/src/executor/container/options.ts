import { isAbsolute } from 'node:path';
import { SemblanceError } from '../../error.ts';
import type { ExecutorOptions } from '../kind.ts';

/** What the executor takes besides its name. */
export const containerOptions = {
  image: 'the image (--image)',
  engine: 'podman, docker or buildah (default: the first that is there)',
  volumes: 'further folders that workers see, at the same path: /srv/faces,/srv/out:rw',
} satisfies ExecutorOptions;

export interface ContainerOptions {
  image: string;
  engine: string | undefined;
  volumes: readonly Volume[];
}

/** A folder of this machine that containers see at the same path. */
export interface Volume {
  path: string;
  isWritable: boolean;
}

/** @throws USAGE_MISSING_ARGUMENT without an image, USAGE_INVALID_VALUE */
export function readOptions({ image, engine, volumes }: ExecutorOptions): ContainerOptions {
  if (!image)
    throw new SemblanceError(
      'USAGE_MISSING_ARGUMENT',
      'executor container needs the image to run: --image IMAGE',
    );
  if (image.startsWith('-'))
    throw new SemblanceError('USAGE_INVALID_VALUE', `expected the name of an image but received '${image}'`);
  return { image, engine, volumes: readVolumes(volumes) };
}

export function readVolumes(text = ''): Volume[] {
  return text
    .split(',')
    .filter((each) => each !== '')
    .map((each) => {
      const [, path = '', mode = 'ro'] = /^([^:]*)(?::(ro|rw))?$/.exec(each) ?? [];
      if (!isAbsolute(path))
        throw new SemblanceError(
          'USAGE_INVALID_VALUE',
          `expected volumes to be absolute paths, each with :rw if it is written to, but received '${each}'`,
        );
      return { path, isWritable: mode === 'rw' };
    });
}

export const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
