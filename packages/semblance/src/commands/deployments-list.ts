import { formatTable } from '@semblance/core/table';
import type { Revision } from '@semblance/serve';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import type { ServiceAddress } from '../serve-client/client.ts';

interface Options extends ServiceAddress {
  format: 'table' | 'json';
}

export const deploymentsListCommand = defineCommand<Options>({
  path: ['deployments', 'list'],
  summary: 'lists current and earlier deployments, newest first',
  description: 'Set SEMBLANCE_API_KEY to an admin key.',
  examples: [
    ['semblance deployments list', 'each with its share of the requests'],
    [
      'semblance deployments list --url http://faces:8080 --format json',
      'of a service on another machine, as JSON',
    ],
  ],
  configure(command) {
    command
      .option('--url <url>', 'address of the service (default: $SEMBLANCE_URL, or http://127.0.0.1:8080)')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ format, ...address }, io) {
    const { callService } = await import('../serve-client/client.ts');
    const { shares } = await import('../serve-client/deploy.ts');
    const { deployments } = await callService<{ deployments: Revision[] }>(
      address,
      io,
      'GET',
      '/api/v1/deployments',
    );
    if (format === 'json') io.out(JSON.stringify(deployments));
    else {
      const rows = deployments.map((revision) => [
        ...[revision.id, revision.state, revision.createdAt.slice(0, 19).replace('T', ' ')],
        ...[shares(revision), revision.reason ?? ''],
      ]);
      for (const line of formatTable([['id', 'state', 'created', 'models', ''], ...rows])) io.out(line);
    }
    return 0;
  },
});
