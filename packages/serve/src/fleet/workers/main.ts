// The worker of every role of the service.

import { serveChannel } from '@semblance/core/channel';
import { type DataOf, type RoleName, type RoleOf, roles } from './roles/index.ts';

export interface RoleStart<R extends RoleName> {
  role: R;
  data: DataOf<R>;
}

export async function openRole<R extends RoleName>({ role, data }: RoleStart<R>): Promise<RoleOf<R>> {
  const { open } = await roles[role].load();
  return open(data as never) as Promise<RoleOf<R>>;
}

await serveChannel(openRole);
