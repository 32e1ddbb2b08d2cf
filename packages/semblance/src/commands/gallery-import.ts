import { formatFacts } from '@semblance/core/table';
import { checkOption } from '../cli/check-option.ts';
import { defineCommand } from '../cli/command.ts';
import { detectorOption, MODEL_HELP, recognizerOption } from '../cli/model-options.ts';
import { createProgress } from '../cli/progress.ts';
import { addSecretOptions, exportSecret, type SecretOptions } from '../faces/export-secret.ts';

interface Options extends SecretOptions {
  source: string;
  gallery: string;
  trust?: string;
  merge?: boolean;
  reEmbed?: boolean;
  from?: string;
  collection?: string;
  model?: string;
  check: 'off' | 'standard' | 'strict';
  detector?: string;
  recognizer?: string;
}

export const galleryImportCommand = defineCommand<Options>({
  path: ['gallery', 'import'],
  opensGalleries: true,
  summary: 'takes people over from an exported gallery or another system',
  description:
    'All of them or nothing. The file is verified before any of it is read; --trust also asks that the one whose key that is has ' +
    'signed it. Embeddings of another model are refused: --re-embed embeds the pictures in the file with your recognizer instead. ' +
    'Other systems: a dump of CompreFace’s database, or its tables as CSV; the database of InsightFace Server; the folders of ' +
    'DeepFace and face_recognition. Their pictures are embedded with your models; --model ID says that their embeddings are of ' +
    'yours, and takes them over.',
  examples: [
    [
      'semblance gallery import people.semblance people --trust MCowBQYDK2VwAyEA…',
      'signed by somebody you trust',
    ],
    ['semblance gallery import people.semblance friends --merge', 'adds them to a gallery that is there'],
    [
      'semblance gallery import people.semblance people --re-embed --recognizer sface',
      'for another recognizer',
    ],
    ['semblance gallery import compreface.sql people', 'of CompreFace, by pg_dump'],
    ['semblance gallery import known_people/ people', 'NAME.jpg, or NAME/….jpg'],
  ],
  configure(command) {
    command
      .argument('<source>', 'the file or the folder')
      .argument('<gallery>', 'the gallery: a name, or a folder with a / in its path')
      .option('--trust <key>', 'the public key of whoever has to have signed it, as gallery export prints it')
      .option('--merge', 'adds to a gallery that is there')
      .option('--re-embed', 'embeds the faces’ pictures with your recognizer')
      .option(
        '--from <system>',
        'compreface, deepface, face_recognition or insightface (default: by what is there)',
      )
      .option('--collection <name>', 'which collection of InsightFace Server, or API key of CompreFace')
      .option(
        '--model <id>',
        'the other system’s embeddings are of this recognizer, which is yours: takes them over',
      )
      .addOption(checkOption());
    addSecretOptions(command)
      .addOption(detectorOption(`${MODEL_HELP} (default: the gallery’s, or see semblance model use)`))
      .addOption(recognizerOption(`${MODEL_HELP} (default: the gallery’s, or see semblance model use)`));
  },
  async run({ source, gallery: given, trust, merge = false, reEmbed = false, ...options }, io) {
    const { galleryKeys, importGallery, isExportFile, placeOfGallery } = await import(
      '@semblance/face/gallery'
    );
    const to = /[/\\]/.test(given) ? given : placeOfGallery(given, io.env);
    const { from, collection, model, check, detector, recognizer: chosen } = options;
    const { statOrThrow } = await import('@semblance/core/files');
    await statOrThrow(source);
    if (from !== undefined || !(await isExportFile(source))) {
      const { importForeign } = await import('../faces/import-foreign.ts');
      const models = { detector, recognizer: chosen };
      return importForeign({ source, to, from, collection, model, merge, check, ...models }, io);
    }
    const secret = await exportSecret(options, io);
    await using recognizer = reEmbed ? await recognizerFor(to, chosen, io.env) : null;
    const progress = createProgress(io, 'importing');
    const { header, faces, skipped } = await importGallery(source, to, {
      ...{ secret, merge, keys: galleryKeys({}, io.env) },
      ...{ onProgress: (done, total) => progress.update(done, total) },
      ...(trust === undefined ? {} : { trust }),
      ...(recognizer ? { reEmbed: asReEmbedder(recognizer) } : {}),
    }).finally(() => progress.end());
    const lines = formatFacts({
      gallery: to,
      faces: `${faces}${skipped > 0 ? ` (${skipped} were there already)` : ''}`,
      recognizer: recognizer?.id ?? header.modelId,
      exported: header.createdAt,
      'signed by': `${header.exporter}${trust === undefined ? ' (not compared with a key you trust: --trust)' : ''}`,
    });
    for (const line of lines) io.out(line);
    return 0;
  },
});

/** The recognizer that faces are embedded with anew: that of the gallery that is there, else the one asked for. */
async function recognizerFor(
  to: string,
  model: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
) {
  const { Gallery, GALLERY_FILE, galleryKeys, modelsOfGallery } = await import('@semblance/face/gallery');
  const { findModel, loadRecognizer } = await import('@semblance/face/models');
  const { exists } = await import('@semblance/core/files');
  const { join } = await import('node:path');
  if (!(await exists(join(to, GALLERY_FILE))))
    return loadRecognizer(await findModel(model, 'recognition', env));
  await using gallery = await Gallery.open(to, { readOnly: true, keys: galleryKeys({}, env) });
  const given = model === undefined ? {} : { recognizer: model };
  return loadRecognizer((await modelsOfGallery(gallery.meta, given, env)).recognizer);
}

type Recognizer = Awaited<ReturnType<typeof recognizerFor>>;

const asReEmbedder = (recognizer: Recognizer) => ({
  ...{ id: recognizer.id, embeddingSize: recognizer.embeddingSize },
  ...{ impostors: recognizer.impostors, threshold: recognizer.threshold },
  async embedJpegs(jpegs: Uint8Array[]) {
    const { decodeImage } = await import('@semblance/face/image');
    return recognizer.embed(await Promise.all(jpegs.map((jpeg) => decodeImage(jpeg))));
  },
});
