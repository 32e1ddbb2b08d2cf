import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noTelemetry } from '@semblance/core/no-telemetry';
import type { WorkerCommand, WorkerGroup, WorkerLimits } from '../executor.ts';
import { MARK } from '../local.ts';
import { type Engine, engineEnvironment } from './engine.ts';
import { isBelow, type Volume } from './options.ts';

export const containerScript = fileURLToPath(new URL('container.sh', import.meta.url));

export interface ContainerPlace {
  engine: Engine;
  image: string;
  /** What the image runs of itself, for engines that leave it out. */
  entrypoint: readonly string[];
  volumes: readonly Volume[];
  /** The script, where the machines that run it see it. */
  script: string;
}

/** How the names of all containers of a version begin. */
export const containersOf = (mark: string): string => `semblance-${short(mark)}-`;

const containerName = ({ mark, dir }: WorkerGroup, worker: number): string =>
  `${containersOf(mark)}${short(dir)}-${worker}`;

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/**
 * A worker as one that runs in a container of an image: what the image runs of itself, with the worker's command as its
 * arguments. It sees the machine's network and the folders of `volumes`, at the paths that they have here, and belongs to
 * who started it, as its files do. It starts in its folder where it sees that, and else where the image says.
 *
 * @param more names of variables that come on top, when it is started
 */
export function inContainer(
  place: ContainerPlace,
  group: WorkerGroup,
  worker: number,
  { command, env, cwd, stdout, stderr }: WorkerCommand,
  limits: WorkerLimits,
  more: readonly string[],
): WorkerCommand {
  const { engine, image, entrypoint, volumes, script } = place;
  const name = containerName(group, worker);
  const outside = engineEnvironment();
  const inside = { ...env, ...noTelemetry, ...gpuVariables(engine, env) };
  const options = [
    ...userOptions(engine),
    // a variable that the engine goes by itself, and one that is known now, by its value; the others as they are then
    ...Object.entries({ ...inside, [MARK]: group.mark, SEMBLANCE_CONTAINER: name }).flatMap(
      ([key, value]) => [
        '--env',
        key in outside || key === MARK || key === 'SEMBLANCE_CONTAINER' ? `${key}=${value}` : key,
      ],
    ),
    ...more.flatMap((key) => ['--env', key]),
    ...volumes.flatMap(({ path, isWritable }) => ['--volume', `${path}:${path}${isWritable ? '' : ':ro'}`]),
    ...(volumes.some(({ path }) => isBelow(cwd, path)) ? ['--workingdir', cwd] : []),
  ];
  const run =
    engine.name === 'buildah'
      ? [image, 'run', ...options, name, '--', ...entrypoint, ...command]
      : [
          ...['run', '--rm', '--name', name, '--network', 'host', '--ipc', 'host'],
          ...options.map((option) => (option === '--workingdir' ? '--workdir' : option)),
          ...limitOptions(limits),
          ...gpuOptions(engine, env),
          image,
          ...command,
        ];
  return {
    command: ['/bin/sh', script, engine.name, engine.path, name, ...run],
    env: { ...inside, ...outside },
    cwd: dirname(group.dir),
    stdout,
    stderr,
  };
}

function userOptions({ name }: Engine): string[] {
  const [uid, gid] = [process.getuid!(), process.getgid!()];
  // in a user's own namespace he is another one unless he is kept
  return [...(name === 'podman' && uid !== 0 ? ['--userns', 'keep-id'] : []), '--user', `${uid}:${gid}`];
}

const limitOptions = ({ cpus, memoryBytes }: WorkerLimits): string[] => [
  ...(cpus === null ? [] : ['--cpus', String(cpus)]),
  ...(memoryBytes === null ? [] : ['--memory', String(memoryBytes)]),
];

const gpusOf = ({ CUDA_VISIBLE_DEVICES = '' }: WorkerCommand['env']): string[] =>
  CUDA_VISIBLE_DEVICES.split(',').filter((gpu) => gpu !== '');

function gpuOptions({ name }: Engine, env: WorkerCommand['env']): string[] {
  const gpus = gpusOf(env);
  if (gpus.length === 0) return [];
  return name === 'podman'
    ? gpus.flatMap((gpu) => ['--device', `nvidia.com/gpu=${gpu}`])
    : ['--gpus', `"device=${gpus.join(',')}"`];
}

/** GPUs that were given are counted from 0 inside. */
function gpuVariables({ name }: Engine, env: WorkerCommand['env']): Record<string, string> {
  const gpus = gpusOf(env);
  return gpus.length === 0 || name === 'buildah'
    ? {}
    : { CUDA_VISIBLE_DEVICES: gpus.map((_, i) => i).join(',') };
}
