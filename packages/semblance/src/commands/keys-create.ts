import { type KeyRole, keyRoles } from '@semblance/serve/keys';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';

interface Options {
  role: KeyRole;
  label: string;
  state?: string;
}

export const keysCreateCommand = defineCommand<Options>({
  path: ['keys', 'create'],
  summary: 'makes an API key and prints it once',
  description:
    'Only its hash is kept. A running service takes it within a second. read: recognise, detect, verify, list; enrol: ' +
    'and change who is known; admin: and change what serves.',
  examples: [
    ['semblance keys create --role read --label kiosk', 'a key that may recognise'],
    [
      'semblance keys create --role enrol --state /var/lib/semblance',
      'for a service with a folder of its own',
    ],
  ],
  configure(command) {
    command
      .addOption(choiceOption('--role <role>', 'what the key may do', keyRoles, 'read'))
      .option('--label <words>', 'what it is for', '')
      .option('--state <dir>', 'the folder of the service (~/.semblance/service)');
  },
  async run({ role, label, state }, io) {
    const { KeyFile } = await import('@semblance/serve/keys');
    const { defaultServiceDir, keysPath } = await import('@semblance/serve');
    const keys = await KeyFile.open(keysPath(state ?? defaultServiceDir(io.env)));
    const { key, text } = await keys.create(role, label);
    io.err(`key ${key.id} (${role}), said this once:`);
    io.out(text);
    return 0;
  },
});
