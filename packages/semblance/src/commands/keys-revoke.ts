import { defineCommand } from '../cli/command.ts';

interface Options {
  id: string;
  state?: string;
}

export const keysRevokeCommand = defineCommand<Options>({
  path: ['keys', 'revoke'],
  summary: 'revokes an API key; a running service refuses it from the next request on',
  examples: [['semblance keys revoke 0a1b2c3d4e5f', 'by the id that keys list shows']],
  configure(command) {
    command
      .argument('<id>', 'the id of the key')
      .option('--state <dir>', 'the folder of the service (default: ~/.semblance/service)');
  },
  async run({ id, state }, io) {
    const { KeyFile } = await import('@semblance/serve/keys');
    const { defaultServiceDir, keysPath } = await import('@semblance/serve');
    const keys = await KeyFile.open(keysPath(state ?? defaultServiceDir(io.env)));
    await keys.revoke(id);
    io.out(`${id} is revoked`);
    return 0;
  },
});
