import { stat } from 'node:fs/promises';
import { formatFacts } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { MODEL_HELP } from '../cli/model-options.ts';
import { SemblanceError } from '../error.ts';
import { onePhotoEach } from '../evaluate/one-photo-each.ts';
import { addEmbeddingOptions, type EmbeddingOptions, withEmbedding } from '../evaluate/options.ts';
import { sayMissed } from '../evaluate/say-missed.ts';

interface Options extends EmbeddingOptions {
  model: string;
  name?: string;
}

export const modelCalibrateCommand = defineCommand<Options>({
  path: ['model', 'calibrate'],
  summary: 'measures how alike a recognizer finds different people, and stores it in the model',
  description:
    'Compares one photo of every person with one of every other, and writes the similarity that each share of these ' +
    'pairs reaches to the manifest. Thresholds of galleries then follow from their size, and verify says how often ' +
    'strangers score so high. Take people the recognizer was not trained on: 500 or more, each once. The embeddings ' +
    'of other models and galleries stay as they are.',
  examples: [
    ['semblance model calibrate models/recognizer --data lfw/', 'photos, a folder per person'],
    ['semblance model calibrate sface --data crops/ --crops --format json', 'aligned faces, one JSON object'],
  ],
  configure(command) {
    command
      .argument('<model>', `the recognizer: ${MODEL_HELP}; of an .onnx file the curve is only printed`)
      .requiredOption('--data <dir>', 'a folder with one folder per person')
      .option('--name <text>', 'what the photos are called in the manifest (default: the folder’s name)');
    addEmbeddingOptions(command, { hasRecognizer: false });
  },
  async run({ model, data, name, ...options }, io) {
    const { basename, resolve } = await import('node:path');
    const { findModel, readManifest, similarityAt, writeManifest } = await import('@semblance/face/models');
    const { readPersonFolders } = await import('@semblance/lab/datasets');
    const { measureImpostorsOf } = await import('@semblance/lab/evaluate');
    const path = await findModel(model, 'recognition', io.env);
    const { people } = await readPersonFolders(data);
    // pairs of the same two people say the same thing again
    const photos = onePhotoEach(people);
    const { curve, missed } = await withEmbedding(
      { ...options, recognizer: path },
      photos.length,
      io,
      (using) => measureImpostorsOf(photos, name ?? basename(resolve(data)), using),
    );
    sayMissed(io, missed);

    const isFolder = (await stat(path)).isDirectory();
    if (isFolder) {
      const manifest = await readManifest(path);
      if (manifest.task !== 'recognition') throw new SemblanceError('MODEL_WRONG_TASK');
      await writeManifest(path, { ...manifest, impostors: curve });
    } else
      io.err(`${path} has no manifest to keep the curve in: import it with semblance model import first`);
    if (options.format === 'json')
      io.out(JSON.stringify({ ...curve, missed: missed.length, isStored: isFolder }));
    else {
      const rates = [0.01, 0.001, 0.0001].map((rate): [string, string] => {
        const { similarity, isExtended } = similarityAt(curve, rate);
        const every = Math.round(1 / rate).toLocaleString('en-US');
        return [`1 stranger in ${every}`, `${similarity.toFixed(3)}${isExtended ? ' (extended)' : ''}`];
      });
      const pairs = `${curve.pairs.toLocaleString('en-US')} of ${curve.people.toLocaleString('en-US')} people (${missed.length} photos missed)`;
      for (const line of formatFacts({ pairs, ...Object.fromEntries(rates) })) io.out(line);
    }
    return missed.length > 0 ? 3 : 0;
  },
});
