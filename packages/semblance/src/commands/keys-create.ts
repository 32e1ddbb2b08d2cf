import { type KeyRole, keyRoles } from '@semblance/serve/keys/roles';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, durationOption } from '../cli/options.ts';

interface Options {
  role: KeyRole;
  label: string;
  state?: string;
  expires?: number;
}

export const keysCreateCommand = defineCommand<Options>({
  path: ['keys', 'create'],
  summary: 'creates an API key and prints it once',
  description:
    'Only a hash of the key is stored, so keep the key. A running service accepts it at once. Roles: read' +
    ' may recognize, detect, verify and list; enrol may also change who is known; admin may also change what is ' +
    'deployed.',
  examples: [
    ['semblance keys create --role read --label kiosk', 'a key that may recognize people'],
    ['semblance keys create --expires 30d --label guest', 'a key that ends in 30 days'],
    ['semblance keys create --role enrol --state /var/lib/semblance', 'for a service that runs with --state'],
  ],
  configure(command) {
    command
      .addOption(choiceOption('--role <role>', 'what the key may do', keyRoles, 'read'))
      .option('--label <words>', 'a note on what it is for', '')
      .addOption(
        durationOption('--expires <time>', 'how long it is good for, as 12h or 30d (default: for ever)'),
      )
      .option('--state <dir>', 'the folder of the service (default: ~/.semblance/service)');
  },
  async run({ role, label, state, expires }, io) {
    const { KeyFile } = await import('@semblance/serve/keys');
    const { defaultServiceDir, keysPath } = await import('@semblance/serve');
    const keys = await KeyFile.open(keysPath(state ?? defaultServiceDir(io.env)));
    const expiresAt = expires === undefined ? {} : { expiresAt: new Date(Date.now() + expires) };
    const { key, text } = await keys.create(role, label, expiresAt);
    const until = key.expiresAt ? `, until ${key.expiresAt}` : '';
    io.err(`key ${key.id} (${role}${until}); it is shown only once:`);
    io.out(text);
    return 0;
  },
});
