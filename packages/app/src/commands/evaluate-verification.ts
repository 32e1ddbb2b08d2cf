import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { formatFacts, percent } from '../cli/table.ts';
import { addEmbeddingOptions, type EmbeddingOptions, withEmbedding } from '../evaluate/options.ts';

interface Options extends EmbeddingOptions {
  pairs: string;
}

export const evaluateVerificationCommand = defineCommand<Options>({
  path: ['evaluate', 'verification'],
  summary: 'measures how well pairs of photos are told apart (1:1)',
  description:
    'The ten-fold protocol of LFW: accuracy at thresholds chosen on the other folds, and the true-accept rate at ' +
    'false-accept rates. A pair with a photo without a face counts as refused. Pairs: LFW’s pairs.txt, or lines ' +
    '"pathA pathB 0|1".',
  examples: [
    [
      'semblance evaluate verification --pairs pairs.txt --data lfw/ --detector models/detector --recognizer models/recognizer',
      'raw photos: detected, aligned, embedded',
    ],
    [
      'semblance evaluate verification --pairs pairs.csv --data crops/ --crops --recognizer r.onnx --format json',
      'photos that are aligned faces already; one JSON object',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--pairs <file>', 'which photos to compare')
      .requiredOption('--data <dir>', 'the folder the pairs’ names are below');
    addEmbeddingOptions(command);
  },
  async run(options, io) {
    const face = await import('@semblance/face');
    const { embedPhotos } = await import('../evaluate/embed-photos.ts');
    const { pairs, numFolds } = await face.readPairs(options.pairs);
    const names = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))];
    const photos = names.map((name) => ({ name, path: join(options.data, name) }));
    // one missing photo is a missed photo; a wrong folder is an error
    await stat(options.data).catch((cause: unknown) => {
      throw new face.SemblanceError('PATH_NOT_FOUND', `no such folder: ${options.data}`, { cause });
    });
    const { embeddings, missed } = await withEmbedding(options, io, (using) => embedPhotos(photos, using));
    if (embeddings.size === 0) {
      throw new face.SemblanceError(
        'DATA_EMPTY',
        `none of the ${names.length} photos gave a face: ${missed[0]!.message}`,
      );
    }
    for (const { name, code } of missed.slice(0, 10)) io.err(`missed ${name}: ${code}`);

    const similarities = pairs.map(({ first, second }) => {
      const [a, b] = [embeddings.get(first), embeddings.get(second)];
      return a && b ? face.dot(a, b) : -1;
    });
    const labels = pairs.map(({ same }) => same);
    const metrics = face.verificationMetrics(similarities, labels, { numFolds });
    const result = {
      ...metrics,
      images: names.length,
      missed: missed.length,
      missedPairs: pairs.filter(({ first, second }) => !embeddings.has(first) || !embeddings.has(second))
        .length,
    };
    if (options.format === 'json') io.out(JSON.stringify(result));
    else {
      const tars = Object.entries(metrics.tarAtFar).map(([far, tar]) => [`TAR at FAR ${far}`, percent(tar)]);
      const lines = formatFacts({
        accuracy: `${percent(metrics.accuracy)} ± ${(100 * metrics.accuracyStd).toFixed(2)}`,
        ...Object.fromEntries(tars),
        'equal error rate': percent(metrics.eer),
        threshold: metrics.threshold.toFixed(4),
        pairs: `${metrics.pairs} in ${numFolds} folds`,
        photos: `${names.length} (${missed.length} missed)`,
      });
      for (const line of lines) io.out(line);
    }
    return missed.length > 0 ? 3 : 0;
  },
});
