// The entry of every thread of the service: loads its role, then answers until it is told to close.

import { parentPort, workerData } from 'node:worker_threads';
import { asSemblanceError } from '../../error.ts';
import type { Answer, FromThread, ToThread } from './role.ts';
import { type RoleName, roles } from './roles/index.ts';

const port = parentPort!;
const { role, data } = workerData as { role: RoleName; data: never };
const fail = (id: number, error: unknown): void => {
  const { code, message } = asSemblanceError(error);
  port.postMessage({ id, error: { code, message } } satisfies FromThread);
};

try {
  const { methods, close } = await (await roles[role]()).open(data);
  port.on('message', async (message: ToThread) => {
    const { id, method } = message;
    try {
      if (method === null) {
        await close();
        port.postMessage({ id, value: null } satisfies FromThread);
        port.close();
        return;
      }
      const action = (methods as unknown as Record<string, (payload: unknown) => Promise<Answer>>)[method]!;
      const { value, transfer = [] } = await action(message.payload);
      port.postMessage({ id, value } satisfies FromThread, transfer);
    } catch (error) {
      fail(id, error);
    }
  });
  port.postMessage({ id: 0, value: null } satisfies FromThread);
} catch (error) {
  fail(0, error);
}
