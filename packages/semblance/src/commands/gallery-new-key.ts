import { defineCommand } from '../cli/command.ts';

interface Options {
  file?: string;
}

export const galleryNewKeyCommand = defineCommand<Options>({
  path: ['gallery', 'new-key'],
  summary: 'makes a master key for encrypted galleries',
  description:
    'Writes 32 random bytes to a file that only you may read. Without FILE it goes to keys/gallery.key in $SEMBLANCE_HOME, ' +
    'where every command looks for it: new galleries are encrypted from then on. Keep a copy somewhere else: without the key ' +
    'nobody can read the galleries. A file that is there is not overwritten; gallery rotate --new-key changes its key.',
  examples: [
    ['semblance gallery new-key', 'new galleries of this user are encrypted'],
    ['semblance gallery new-key /etc/semblance/gallery.key', 'for --key-file and SEMBLANCE_GALLERY_KEY_FILE'],
  ],
  configure(command) {
    command.argument('[file]', 'where it is written (default: keys/gallery.key in $SEMBLANCE_HOME)');
  },
  async run({ file: given }, io) {
    const { defaultKeyFile, formatMasterKeys, newMasterKey } = await import('@semblance/face/gallery');
    const { exists, makeFolder } = await import('@semblance/core/files');
    const { writeFile } = await import('node:fs/promises');
    const { dirname, resolve } = await import('node:path');
    const { SemblanceError } = await import('../error.ts');
    const file = given ?? defaultKeyFile(io.env);
    if (await exists(file)) {
      const message = `there is a file at ${file}: galleries may need the key in it`;
      throw new SemblanceError('PATH_EXISTS', message, { details: { path: file } });
    }
    await makeFolder(dirname(resolve(file)), { mode: 0o700 });
    const key = newMasterKey();
    await writeFile(file, formatMasterKeys([key]), { flag: 'wx', mode: 0o600 });
    io.out(`master key ${key.id} in ${file}`);
    io.err('Keep a copy of it apart from the galleries: without it nobody can read them.');
    return 0;
  },
});
