import type { Revision } from '@semblance/serve';
import { defineCommand } from '../cli/command.ts';
import type { ServiceAddress } from '../serve-client/client.ts';

export const deploymentsRollbackCommand = defineCommand<ServiceAddress>({
  path: ['deployments', 'rollback'],
  summary: 'goes back to what served before',
  description:
    'It is loaded and tested like any deployment; people enrolled since stay known. The key of an administrator is read ' +
    'from SEMBLANCE_API_KEY.',
  examples: [['semblance deployments rollback', 'called again, it goes back one more']],
  configure(command) {
    command.option('--url <url>', 'where the service answers ($SEMBLANCE_URL, or http://127.0.0.1:8080)');
  },
  async run(address, io) {
    const { callService } = await import('../serve-client/client.ts');
    const { shares } = await import('../serve-client/deploy.ts');
    const revision = await callService<Revision>(address, io, 'POST', '/api/v1/deployments/rollback');
    io.out(`${revision.id}  ${shares(revision)}`);
    return 0;
  },
});
