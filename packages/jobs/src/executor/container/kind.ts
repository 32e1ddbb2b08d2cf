import { SemblanceError } from '../../error.ts';
import type { ExecutorKind } from '../kind.ts';
import { containerExecutor, isSeen } from './container.ts';
import { containerEngine } from './engine.ts';
import { containerOptions, readOptions } from './options.ts';

/** Containers of an image, on this machine. */
export const container: ExecutorKind = {
  name: 'container',
  summary: 'containers of an image, on this machine',
  options: containerOptions,
  isElsewhere: false,
  inImage: () => true,
  check({ options: places, resources }, options, home) {
    const { engine: name, volumes } = readOptions(options);
    const engine = containerEngine(name);
    if (engine.name === 'buildah' && resources.gpus > 0)
      throw new SemblanceError(
        'EXECUTOR_REFUSED',
        'buildah gives no GPUs to containers: install podman or docker, and name it with --executor-option engine=',
      );
    const folders = [home, ...volumes.map(({ path }) => path)];
    for (const [option, value] of Object.entries(places)) {
      if (!value.startsWith('/') || isSeen(value, folders)) continue;
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        `--${option} ${value} is not seen in the container: --executor-option volumes=${value}`,
      );
    }
  },
  open: async (options, home) => containerExecutor(readOptions(options), home),
};
