import { defineCommand } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';

interface Options {
  gallery: string;
  newKey?: boolean;
  subjectKeys?: boolean;
}

export const galleryRotateCommand = defineCommand<Options>({
  path: ['gallery', 'rotate'],
  opensGalleries: true,
  summary: 'changes the keys of an encrypted gallery',
  description:
    'Wraps the keys of all people by the first master key of those that are given: a key file may have several, a line each, the ' +
    'current one first. With --new-key it makes a new one and puts it first in the key file, where the others stay for other ' +
    'galleries. It takes a moment, whatever the size. With --subject-keys everybody also gets another key of their own ' +
    'and all faces are sealed again: backups of before can then not be read any more.',
  examples: [
    ['semblance gallery rotate people --new-key', 'a new master key'],
    ['semblance gallery rotate people --key-file keys.txt', 'to the first of the keys in a file'],
    ['semblance gallery rotate people --new-key --subject-keys', 'all keys: after somebody has seen them'],
  ],
  configure(command) {
    command
      .argument('<gallery>', 'the gallery: a name or a folder')
      .option('--new-key', 'makes a new master key in the key file')
      .option('--subject-keys', 'gives everybody another key, too');
  },
  async run({ gallery: given, newKey = false, subjectKeys = false }, io) {
    const { findGallery, galleryKeys, rotateGallery } = await import('@semblance/face/gallery');
    const path = await findGallery(given, io.env);
    if (newKey) await addMasterKey(io.env);
    const { subjects, masterKeyId } = await rotateGallery(path, galleryKeys({}, io.env), { subjectKeys });
    io.out(`${path}: the keys of ${subjects} people are wrapped by the master key ${masterKeyId}`);
    return 0;
  },
});

/** Puts a new key first in the key file, before anything is wrapped by it. */
async function addMasterKey(env: Io['env']): Promise<void> {
  const { defaultKeyFile, formatMasterKeys, galleryKeys, newMasterKey } = await import(
    '@semblance/face/gallery'
  );
  const { writeFileAside } = await import('@semblance/core/files');
  const {
    SEMBLANCE_GALLERY_KEY: key,
    SEMBLANCE_GALLERY_KEY_FILE: file,
    SEMBLANCE_GALLERY_KEY_COMMAND: command,
  } = env;
  if (key || (command && !file)) {
    const { SemblanceError } = await import('../error.ts');
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      '--new-key takes a key file: where the key comes from a variable or a command, have that give the new key and then the old one',
    );
  }
  const known = galleryKeys({}, env).masters() ?? [];
  await writeFileAside(file || defaultKeyFile(env), formatMasterKeys([newMasterKey(), ...known]), 0o600);
}
