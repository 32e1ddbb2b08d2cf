import { formatFacts, formatTable } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';

interface Options {
  gallery?: string;
  person?: string;
  format: 'table' | 'json';
}

export const galleryShowCommand = defineCommand<Options>({
  path: ['gallery', 'show'],
  opensGalleries: true,
  summary: 'shows the people in a gallery',
  description:
    'Lists everybody with the number of their faces, the threshold and how it was found, and the models the ' +
    'gallery belongs to.',
  examples: [
    ['semblance gallery show people', 'by its name'],
    ['semblance gallery show ./gallery --format json', 'by its folder, as JSON'],
    ['semblance gallery show people --person Ada', 'Ada’s faces and their ids'],
  ],
  configure(command) {
    command
      .argument('[gallery]', 'a name or a folder (default: the only gallery that has a name)')
      .option('--person <name>', 'lists the faces of one person, with their ids')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ gallery: given, person, format }, io) {
    const { findGallery, Gallery, galleryKeys, shownGallery } = await import('@semblance/face/gallery');
    const place = await findGallery(given, io.env);
    await using gallery = await Gallery.open(place, { readOnly: true, keys: galleryKeys({}, io.env) });
    const path = shownGallery(place);
    if (person !== undefined) {
      const faces = [];
      for await (const { embedding: _, ...face } of gallery.stored(gallery.facesOf(person))) faces.push(face);
      if (faces.length === 0) {
        const { SemblanceError } = await import('../error.ts');
        throw new SemblanceError('GALLERY_SUBJECT_NOT_FOUND', `the gallery knows no ${person}`);
      }
      if (format === 'json') io.out(JSON.stringify({ path, person, faces }));
      else {
        const rows = faces.map(({ id, source, quality, origin }) => [
          ...[id, source ?? '', quality === null ? '' : quality.toFixed(2)],
          origin === 'build' ? 'from its folder' : 'one by one',
        ]);
        for (const line of formatTable([['face', 'photo', 'quality', 'enrolled'], ...rows])) io.out(line);
      }
      return 0;
    }
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
