import { formatTable } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';

interface Options {
  format: 'table' | 'json';
}

export const galleryListCommand = defineCommand<Options>({
  path: ['gallery', 'list'],
  opensGalleries: true,
  summary: 'lists the galleries that have a name',
  description:
    'They are kept in $SEMBLANCE_HOME/galleries (~/.semblance/galleries). Galleries in other folders are not ' +
    'listed.',
  examples: [['semblance gallery list', 'each with its people, faces and recognizer']],
  configure(command) {
    command.addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ format }, io) {
    const { galleriesFolder, Gallery, galleryKeys, namedGalleries } = await import('@semblance/face/gallery');
    const rows = [];
    for (const { name, path } of await namedGalleries(io.env)) {
      await using gallery = await Gallery.open(path, { readOnly: true, keys: galleryKeys({}, io.env) });
      rows.push({ name, path, ...(await gallery.stats()) });
    }
    if (format === 'json') for (const row of rows) io.out(JSON.stringify(row));
    else if (rows.length > 0) {
      const lines = rows.map(({ name, subjects, faces, threshold, modelId }) => {
        return [name, subjects, faces, threshold.toFixed(3), modelId];
      });
      for (const line of formatTable([['name', 'people', 'faces', 'threshold', 'recognizer'], ...lines]))
        io.out(line);
    }
    if (rows.length === 0)
      io.err(`no gallery in ${galleriesFolder(io.env)}: semblance gallery build or add makes one`);
    return 0;
  },
});
