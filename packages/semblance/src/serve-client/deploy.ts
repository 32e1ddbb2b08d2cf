import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeployRequest, PrepareProgress, Revision } from '@semblance/serve';
import type { ExitCode } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';
import { createProgress } from '../cli/progress.ts';
import { SemblanceError } from '../error.ts';
import { callService, type ServiceAddress } from './client.ts';

type Shown = Revision & { progress: PrepareProgress | null };

const POLL_MS = 200;

/** Entries as `V0001 90 %, V0002 10 %`. */
export const shares = ({ entries }: Pick<Revision, 'entries'>): string =>
  entries.map(({ name, weight }) => `${name} ${weight} %`).join(', ');

/**
 * Deploys and waits until the service has switched.
 *
 * @throws SemblanceError DEPLOYMENT_REFUSED with the service's reason, and those of {@link callService}.
 */
export async function deployAndWait(
  address: ServiceAddress,
  io: Io,
  request: DeployRequest,
): Promise<ExitCode> {
  const paths = Object.fromEntries(
    (['detector', 'recognizer', 'gallery'] as const).flatMap((part) =>
      request[part] === undefined ? [] : [[part, resolve(request[part])]],
    ),
  );
  const body = { ...request, ...paths };
  let shown = await callService<Shown>(address, io, 'POST', '/api/v1/deployments', body);
  const progress = createProgress(io, 'embedding the gallery again');
  while (shown.state === 'preparing') {
    if (shown.progress && shown.progress.total > 0)
      progress.update(shown.progress.done, shown.progress.total);
    await sleep(POLL_MS);
    shown = await callService<Shown>(address, io, 'GET', `/api/v1/deployments/${shown.id}`);
  }
  progress.end();
  if (shown.state === 'failed')
    throw new SemblanceError('DEPLOYMENT_REFUSED', `${shown.id}: ${shown.reason}`);
  io.out(`${shown.id}  ${shares(shown)}`);
  return 0;
}
