import { defineCommand } from '../cli/command.ts';

interface Options {
  gallery: string;
}

export const galleryEncryptCommand = defineCommand<Options>({
  path: ['gallery', 'encrypt'],
  opensGalleries: true,
  summary: 'encrypts a gallery in place',
  description:
    'Embeddings, crops and the names of photos are sealed with a key for each person, and those keys by the master key ' +
    '(gallery new-key makes one). All of the gallery is encrypted or, if this is interrupted, none of it. Names of people stay ' +
    'readable. Copies and backups that were made before are not changed: delete them. Stop the service first.',
  examples: [
    ['semblance gallery encrypt people', 'with the key that gallery new-key made'],
    [
      'semblance gallery encrypt people --key-command "pass show semblance"',
      'with a key that is kept elsewhere',
    ],
  ],
  configure(command) {
    command.argument('<gallery>', 'the gallery: a name or a folder');
  },
  async run({ gallery: given }, io) {
    const { encryptGallery, findGallery, galleryKeys } = await import('@semblance/face/gallery');
    const path = await findGallery(given, io.env);
    const { subjects, faces, keyStore } = await encryptGallery(path, galleryKeys({}, io.env));
    io.out(`${path} is encrypted: ${faces} faces of ${subjects} people; their keys are in ${keyStore}`);
    io.err(
      'Copies of before are not encrypted. The keys are needed with the gallery: back them up apart from it.',
    );
    return 0;
  },
});
