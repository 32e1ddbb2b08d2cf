import type { Revision } from '@semblance/serve';
import { defineCommand } from '../cli/command.ts';
import type { ServiceAddress } from '../serve-client/client.ts';

export const deploymentsRollbackCommand = defineCommand<ServiceAddress>({
  path: ['deployments', 'rollback'],
  summary: 'rolls back to the deployment before',
  description:
    'The earlier models are loaded and tested like any deployment. People who were enrolled since then stay ' +
    'known. Set SEMBLANCE_API_KEY to an admin key.',
  examples: [['semblance deployments rollback', 'rolls back; called again, it rolls back one more']],
  configure(command) {
    command.option(
      '--url <url>',
      'address of the service (default: $SEMBLANCE_URL, or http://127.0.0.1:8080)',
    );
  },
  async run(address, io) {
    const { callService } = await import('../serve-client/client.ts');
    const { shares } = await import('../serve-client/deploy.ts');
    const revision = await callService<Revision>(address, io, 'POST', '/api/v1/deployments/rollback');
    io.out(`${revision.id}  ${shares(revision)}`);
    return 0;
  },
});
