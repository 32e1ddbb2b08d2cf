import type { IncomingMessage } from 'node:http';
import { request as requestPlain } from 'node:http';
import { type RequestOptions, request as requestTls } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as Library from '@kubernetes/client-node';
import { SemblanceError } from '../../error.ts';

const PACKAGE = '@kubernetes/client-node';

export type KubernetesLibrary = typeof Library;

/** A connection to a cluster, as whom the kubeconfig says. */
export interface Cluster {
  library: KubernetesLibrary;
  config: Library.KubeConfig;
  objects: Library.KubernetesObjectApi;
  namespace: string;
}

/** The client of Kubernetes, which only who uses a cluster installs. @throws JOBS_UNSUPPORTED */
async function loadLibrary(): Promise<KubernetesLibrary> {
  try {
    return (await import(PACKAGE)) as KubernetesLibrary;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    const message = `executor kubernetes needs the package ${PACKAGE}: npm install ${PACKAGE}`;
    throw new SemblanceError('JOBS_UNSUPPORTED', message, { cause });
  }
}

/**
 * Connects as `$KUBECONFIG`, `~/.kube/config` or the pod's own service account say.
 *
 * @throws JOBS_UNSUPPORTED without the package, or a cluster; USAGE_INVALID_VALUE for a context that there is not
 */
export async function connect({
  context,
  namespace,
}: {
  context: string | null;
  namespace: string | null;
}): Promise<Cluster> {
  const library = await loadLibrary();
  const config = new library.KubeConfig();
  config.loadFromDefault();
  if (context !== null) {
    if (!config.getContextObject(context)) {
      const names = config.getContexts().map(({ name }) => name);
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        `the kubeconfig has no context '${context}'; it has ${names.join(', ') || 'none'}`,
      );
    }
    config.setCurrentContext(context);
  }
  // without any configuration the library takes localhost:8080, where nobody asked it to look
  if (!config.getCurrentCluster() || config.getCurrentContext() === 'loaded-context')
    throw new SemblanceError(
      'JOBS_UNSUPPORTED',
      'there is no cluster to run on: name a kubeconfig in KUBECONFIG, or put it at ~/.kube/config',
    );
  const own = config.getContextObject(config.getCurrentContext())?.namespace;
  return {
    library,
    config,
    objects: library.KubernetesObjectApi.makeApiClient(config),
    namespace: namespace ?? own ?? 'default',
  };
}

/** The HTTP status of an answer that was an error; null where there was no answer. */
export const statusOf = (error: unknown): number | null => {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const status = statusCode ?? code;
  return typeof status === 'number' ? status : null;
};

/** Between attempts of what fails for want of an answer: two seconds in all, in which a supervisor may stand still. */
const PAUSES_MS = [100, 400, 1500];

/** Tries again where there was no answer, or the server was not up to one; every request here may come twice. */
export async function patiently<T>(action: () => Promise<T>): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await action();
    } catch (error) {
      const status = statusOf(error);
      if (error instanceof SemblanceError || (status !== null && status !== 429 && status < 500)) throw error;
      await sleep(pauseMs);
    }
  }
  return action();
}

/** An error of the API in one line: what the server says of it. */
export function apiMessage(error: unknown): string {
  const { body, message } = error as { body?: unknown; message?: string };
  try {
    const status = (typeof body === 'string' ? JSON.parse(body) : body) as { message?: string } | undefined;
    if (status?.message) return status.message;
  } catch {
    // no status of Kubernetes: the library's own words
  }
  return (message ?? String(error)).split('\n')[0]!;
}

/** Opens an answer that comes piece by piece. @throws an error with `statusCode` where the server refuses */
export async function openStream(
  { config }: Cluster,
  path: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const url = new URL(config.getCurrentCluster()!.server.replace(/\/$/, '') + path);
  const options: RequestOptions = { method: 'GET', signal };
  await config.applyToHTTPSOptions(options);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestTls : requestPlain)(url, options, resolve);
    request.once('error', reject);
    request.end();
  });
  if (answer.statusCode === 200) return answer;
  const chunks = await answer.toArray();
  const body = Buffer.concat(chunks as Buffer[]).toString('utf8');
  throw Object.assign(new Error(`HTTP ${answer.statusCode}`), { statusCode: answer.statusCode, body });
}
