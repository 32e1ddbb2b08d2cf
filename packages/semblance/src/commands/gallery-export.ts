import { formatFacts } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { createProgress } from '../cli/progress.ts';
import { addSecretOptions, exportSecret, type SecretOptions } from '../faces/export-secret.ts';

interface Options extends SecretOptions {
  gallery: string;
  file: string;
  withoutCrops?: boolean;
  signingKey?: string;
}

export const galleryExportCommand = defineCommand<Options>({
  path: ['gallery', 'export'],
  opensGalleries: true,
  summary: 'writes a gallery into one file that is encrypted and signed',
  description:
    'To hand people on to another machine: semblance gallery import FILE GALLERY takes them over. The file says which model its ' +
    'embeddings are of. It is signed with your key, made the first time; tell its public key, which is printed, to whoever imports ' +
    'the file. Whoever is erased later stays in it.',
  examples: [
    ['semblance gallery export people people.semblance', 'asks for a passphrase'],
    [
      'semblance gallery export people people.semblance --without-crops --export-key export.key',
      'without the faces’ pictures, opened by a key',
    ],
  ],
  configure(command) {
    command.argument('<gallery>', 'the gallery: a name or a folder').argument('<file>', 'the file to make');
    addSecretOptions(command)
      .option(
        '--without-crops',
        'leaves the faces’ pictures out: another recognizer cannot take it over then',
      )
      .option(
        '--signing-key <file>',
        'your key, Ed25519 in PEM (default: $SEMBLANCE_HOME/keys/export-signing.pem)',
      );
  },
  async run({ gallery: given, file, withoutCrops = false, signingKey: keyPath, ...options }, io) {
    const { exportGallery, findGallery, galleryKeys, signingKey, signingKeyFile } = await import(
      '@semblance/face/gallery'
    );
    const path = await findGallery(given, io.env);
    const secret = await exportSecret(options, io);
    const signer = await signingKey(keyPath ?? signingKeyFile(io.env));
    const crops = !withoutCrops;
    const progress = createProgress(io, 'exporting');
    const onProgress = (done: number, total: number) => progress.update(done, total);
    const header = await exportGallery(path, file, {
      ...{ secret, signer, crops, onProgress },
      keys: galleryKeys({}, io.env),
    }).finally(() => progress.end());
    const lines = formatFacts({
      file,
      people: header.subjects,
      faces: `${header.faces}${crops ? '' : ', without pictures'}`,
      recognizer: header.modelId,
      'signed by': header.exporter,
    });
    for (const line of lines) io.out(line);
    return 0;
  },
});
