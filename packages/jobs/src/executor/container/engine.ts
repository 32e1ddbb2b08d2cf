import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SemblanceError } from '../../error.ts';
import { findProgram } from '../limits.ts';

/** A program that runs containers on this machine. */
export interface Engine {
  name: EngineName;
  path: string;
}

const engineNames = ['podman', 'docker', 'buildah'] as const;
export type EngineName = (typeof engineNames)[number];

/** The engine that runs containers. @throws EXECUTOR_UNAVAILABLE where there is none, or not the one that was named */
export function containerEngine(name: string | undefined): Engine {
  const wanted = engineNames.filter((each) => name === undefined || each === name);
  if (wanted.length === 0)
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected engine to be one of ${engineNames.join(', ')} but received '${name}'`,
    );
  for (const each of wanted) {
    const path = findProgram(each);
    if (path !== null) return { name: each, path };
  }
  throw new SemblanceError(
    'EXECUTOR_UNAVAILABLE',
    `there is no ${wanted.join(', ')} in PATH: install one (Debian: podman), or choose --executor local`,
  );
}

/** What an engine prints. @throws EXECUTOR_UNAVAILABLE with what it says where it fails */
export async function askEngine({ name, path }: Engine, ...args: string[]): Promise<string> {
  try {
    return (await promisify(execFile)(path, args, { maxBuffer: 64 << 20 })).stdout;
  } catch (cause) {
    const { stderr, message } = cause as { stderr?: string; message: string };
    const said = stderr?.trim().split('\n').at(-1) || message;
    throw new SemblanceError('EXECUTOR_UNAVAILABLE', `${name} ${args[0]} fails: ${said}`, { cause });
  }
}

/** Variables of this process that an engine goes by; containers get none of them. */
export function engineEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const passed =
    /^(PATH|HOME|USER|LOGNAME|TMPDIR|XDG_RUNTIME_DIR|XDG_CONFIG_HOME|XDG_DATA_HOME|DBUS_SESSION_BUS_ADDRESS|STORAGE_\w+|BUILDAH_\w+|CONTAINERS?_\w+|DOCKER_HOST|DOCKER_CONTEXT|DOCKER_CONFIG|DOCKER_CERT_PATH|DOCKER_TLS_VERIFY|REGISTRY_AUTH_FILE)$/;
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && passed.test(entry[0]),
    ),
  );
}

/** The containers whose names begin so. */
export async function containersNamed(engine: Engine, start: string): Promise<string[]> {
  const args =
    engine.name === 'buildah'
      ? ['containers', '--noheading', '--format', '{{.ContainerName}}']
      : ['ps', '--all', '--format', '{{.Names}}', '--filter', `name=^${start}`];
  const names = (await askEngine(engine, ...args)).split('\n').map((line) => line.trim());
  return names.filter((name) => name.startsWith(start));
}

/** What an image runs of itself: buildah alone leaves it out. */
export async function entrypointOf(engine: Engine, image: string): Promise<string[]> {
  if (engine.name !== 'buildah') return [];
  const inspect = (): Promise<string> => askEngine(engine, 'inspect', '--type', 'image', image);
  const text = await inspect().catch(async () => {
    // not here yet
    await askEngine(engine, 'pull', image);
    return inspect();
  });
  const { OCIv1 } = JSON.parse(text) as { OCIv1: { config?: { Entrypoint?: string[] } } };
  return OCIv1.config?.Entrypoint ?? [];
}
