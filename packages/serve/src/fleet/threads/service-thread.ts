import { siblingModule } from '@semblance/core';
import { WorkerChannel } from '@semblance/core/channel';
// the threads below load ONNX Runtime and could not do this themselves
import '@semblance/core/no-telemetry';
import type { openRole } from './main.ts';
import type { DataOf, RoleName } from './roles/index.ts';

/** A thread of a role, called by the role's methods. */
export type ServiceThread<R extends RoleName> = WorkerChannel<typeof openRole<R>>;

/** Starts a thread; it has loaded what it needs when the promise resolves. */
export async function startThread<R extends RoleName>(role: R, data: DataOf<R>): Promise<ServiceThread<R>> {
  const thread: ServiceThread<R> = new WorkerChannel(siblingModule(import.meta.url, './main'), {
    name: 'a thread of the service',
    data: { role, data },
  });
  await thread.ready;
  return thread;
}
