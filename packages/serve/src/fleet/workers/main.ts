// The worker of every role of the service.

import { serveChannel } from '@semblance/core/channel';
import { type DataOf, type RoleName, type RoleOf, roles } from './roles/index.ts';
import { standBehind } from './stand-behind.ts';

export interface RoleStart<R extends RoleName> {
  role: R;
  data: DataOf<R>;
  niceness: number;
}

export async function openRole<R extends RoleName>({
  role,
  data,
  niceness,
}: RoleStart<R>): Promise<RoleOf<R>> {
  if (niceness > 0 && roles[role].in === 'process') await standBehind(niceness);
  const { open } = await roles[role].load();
  return open(data as never) as Promise<RoleOf<R>>;
}

await serveChannel(openRole);
