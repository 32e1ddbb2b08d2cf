import { formatTable } from '@semblance/core/table';
import type { StoredKey } from '@semblance/serve';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';

interface Options {
  format: 'table' | 'json';
  state?: string;
}

export const keysListCommand = defineCommand<Options>({
  path: ['keys', 'list'],
  summary: 'lists the API keys of the service',
  examples: [
    ['semblance keys list', 'ids, roles and notes; never the keys themselves'],
    ['semblance keys list --format json', 'as JSON'],
  ],
  configure(command) {
    command
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
      .option('--state <dir>', 'the folder of the service (default: ~/.semblance/service)');
  },
  async run({ format, state }, io) {
    const { isExpired, KeyFile } = await import('@semblance/serve/keys');
    const { defaultServiceDir, keysPath } = await import('@semblance/serve');
    const keys = await KeyFile.open(keysPath(state ?? defaultServiceDir(io.env)));
    const shown = keys.all().map(({ sha256: _, ...key }) => key);
    if (format === 'json') io.out(JSON.stringify(shown));
    else {
      const rows = keys
        .all()
        .map((key) => [
          ...[key.id, key.role, key.createdAt.slice(0, 10)],
          stateOf(key, isExpired(key)),
          key.label,
        ]);
      for (const line of formatTable([['id', 'role', 'created', 'state', 'label'], ...rows])) io.out(line);
    }
    return 0;
  },
});

function stateOf({ revokedAt, expiresAt }: StoredKey, isExpired: boolean): string {
  if (revokedAt) return `revoked ${revokedAt.slice(0, 10)}`;
  if (!expiresAt) return 'in use';
  return `${isExpired ? 'expired' : 'in use until'} ${expiresAt.slice(0, 10)}`;
}
