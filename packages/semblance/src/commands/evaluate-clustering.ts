import { formatFacts } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { numberOption } from '../cli/options.ts';
import { addEmbeddingOptions, type EmbeddingOptions, withEmbedding } from '../evaluate/options.ts';
import { sayMissed } from '../evaluate/say-missed.ts';

interface Options extends EmbeddingOptions {
  threshold?: number;
  minPhotos: number;
}

export const evaluateClusteringCommand = defineCommand<Options>({
  path: ['evaluate', 'clustering'],
  summary: 'measures how well unknown faces are grouped by person',
  description:
    'Groups the photos of a folder per person without looking at the names, as semblance gallery cluster does, and holds ' +
    'the groups against the folders: precision, recall and F over pairs of faces and, by BCubed, over faces. A photo ' +
    'without a face is left out and named.',
  examples: [
    [
      'semblance evaluate clustering --data lfw/ --min-photos 2 --detector d.onnx --recognizer r.onnx',
      'people with at least two photos',
    ],
    [
      'semblance evaluate clustering --data crops/ --crops --threshold 0.4 --format json',
      'aligned faces, as JSON',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--data <dir>', 'a folder with one folder per person')
      .addOption(
        numberOption('--threshold <cosine>', 'mean similarity at which two groups are one person', {
          min: -1,
          max: 1,
        }),
      )
      .addOption(
        numberOption('--min-photos <n>', 'ignores people with fewer photos', { min: 1, max: 1e6 }).default(1),
      );
    addEmbeddingOptions(command);
  },
  async run({ data, threshold: asked, minPhotos, ...options }, io) {
    const { clusterFaces, clusterThreshold } = await import('@semblance/face/cluster');
    const { readPersonFolders } = await import('@semblance/lab/datasets');
    const { embedPhotos } = await import('@semblance/lab/evaluate');
    const { clusteringMetrics } = await import('@semblance/lab/metrics');
    const { people } = await readPersonFolders(data);
    const photos = people
      .filter(({ images }) => images.length >= minPhotos)
      .flatMap(({ name, images }) =>
        images.map((image) => ({ ...image, person: name, name: `${name}/${image.name}` })),
      );
    const { embeddings, missed, threshold } = await withEmbedding(
      options,
      photos.length,
      io,
      async (using) => ({
        ...(await embedPhotos(photos, using)),
        threshold: clusterThreshold(using.recognizer, asked),
      }),
    );
    sayMissed(io, missed);
    const seen = photos.filter(({ name }) => embeddings.has(name));
    const startMs = performance.now();
    const groups = clusterFaces(
      seen.map(({ name }) => embeddings.get(name)!),
      { threshold: threshold.value },
    );
    const seconds = (performance.now() - startMs) / 1000;
    const metrics = clusteringMetrics(
      groups,
      seen.map(({ person }) => person),
    );
    const result = {
      ...metrics,
      threshold: threshold.value,
      basis: threshold.basis,
      missed: missed.length,
      seconds,
    };
    if (options.format === 'json') io.out(JSON.stringify(result));
    else {
      const words = ({ precision, recall, f }: typeof metrics.pairwise): string =>
        `F ${f.toFixed(4)} (precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)})`;
      const facts = formatFacts({
        'pairs of faces': words(metrics.pairwise),
        BCubed: words(metrics.bcubed),
        groups: `${metrics.groups} of ${metrics.faces} faces of ${metrics.people} people (${missed.length} photos missed)`,
        threshold: `${threshold.value.toFixed(3)} (${threshold.basis})`,
        'grouped in': `${seconds.toFixed(1)} s`,
      });
      for (const line of facts) io.out(line);
    }
    return missed.length > 0 ? 3 : 0;
  },
});
