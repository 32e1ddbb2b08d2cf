import { formatFacts, formatTable } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';

interface Options {
  gallery?: string;
  format: 'table' | 'json';
}

export const galleryShowCommand = defineCommand<Options>({
  path: ['gallery', 'show'],
  summary: 'shows the people in a gallery',
  description:
    'Lists everybody with the number of their faces, the threshold and how it was found, and the models the ' +
    'gallery belongs to.',
  examples: [
    ['semblance gallery show people', 'by its name'],
    ['semblance gallery show ./gallery --format json', 'by its folder, as JSON'],
  ],
  configure(command) {
    command
      .argument('[gallery]', 'a name or a folder (default: the only gallery that has a name)')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ gallery: given, format }, io) {
    const { findGallery, Gallery } = await import('@semblance/face/gallery');
    const path = await findGallery(given, io.env);
    await using gallery = await Gallery.open(path, { readOnly: true });
    const { meta } = gallery;
    const subjects = await gallery.subjects();
    const { faces } = await gallery.stats();
    if (format === 'json') {
      const people = subjects.map(({ name, numFaces }) => ({ name, faces: numFaces }));
      io.out(JSON.stringify({ path, ...meta, people }));
      return 0;
    }
    const facts = formatFacts({
      gallery: path,
      people: subjects.length,
      faces,
      threshold: `${meta.threshold.toFixed(3)} (${meta.thresholdBasis})`,
      recognizer: meta.modelId,
      detector: meta.detectorId ?? 'not known',
      created: meta.createdAt,
    });
    for (const line of facts) io.out(line);
    if (subjects.length > 0) {
      io.out('');
      const rows = subjects.map(({ name, numFaces }) => [name, numFaces]);
      for (const line of formatTable([['person', 'faces'], ...rows])) io.out(line);
    }
    return 0;
  },
});
