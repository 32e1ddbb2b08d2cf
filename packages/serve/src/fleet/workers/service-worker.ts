import { siblingModule } from '@semblance/core';
import { WorkerChannel } from '@semblance/core/channel';
// the workers below load ONNX Runtime and could not do this themselves
import '@semblance/core/no-telemetry';
import type { openRole } from './main.ts';
import { type DataOf, type RoleName, roles } from './roles/index.ts';

/** A worker of a role, called by the role's methods. */
export type ServiceWorker<R extends RoleName> = WorkerChannel<typeof openRole<R>>;

export interface StartWorkerOptions {
  /** How far a process stands behind others at the processor, 0 to 19. */
  niceness?: number;
  /** Ends it while it loads, whatever keeps it waiting. */
  signal?: AbortSignal | undefined;
}

/**
 * Starts a worker; it has loaded what it needs when the promise resolves.
 *
 * @throws what loading throws; the signal's reason
 */
export async function startWorker<R extends RoleName>(
  role: R,
  data: DataOf<R>,
  { niceness = 0, signal }: StartWorkerOptions = {},
): Promise<ServiceWorker<R>> {
  signal?.throwIfAborted();
  const place = roles[role].in;
  const worker: ServiceWorker<R> = new WorkerChannel(siblingModule(import.meta.url, './main'), {
    name: `a ${place} of the service`,
    data: { role, data, niceness },
    in: place,
  });
  const stop = () => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await worker.ready;
    return worker;
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
