import { formatTable } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, numberOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';

interface Options {
  gallery?: string;
  undo?: number;
  format: 'table' | 'json';
}

export const galleryRejectionsCommand = defineCommand<Options>({
  path: ['gallery', 'rejections'],
  opensGalleries: true,
  summary: 'lists which faces were said not to be somebody’s, and takes one back',
  description: 'What semblance gallery reject noted, the oldest first. --undo forgets one of them.',
  examples: [
    ['semblance gallery rejections people', 'all of them'],
    ['semblance gallery rejections people --undo 3', 'it may be them after all'],
  ],
  configure(command) {
    command
      .argument('[gallery]', 'a name or a folder (default: the only gallery that has a name)')
      .addOption(numberOption('--undo <id>', 'forgets the one of this id', { min: 1 }))
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ gallery: given, undo, format }, io) {
    const { findGallery, Gallery, galleryKeys } = await import('@semblance/face/gallery');
    await using gallery = await Gallery.open(await findGallery(given, io.env), {
      readOnly: undo === undefined,
      keys: galleryKeys({}, io.env),
    });
    if (undo !== undefined && !(await gallery.negatives.remove(undo)))
      throw new SemblanceError('USAGE_INVALID_VALUE', `nothing was noted as ${undo}`);
    const noted = (await gallery.negatives.list()).map(({ id, subject, source, createdAt }) => ({
      ...{ id, person: subject, photo: source, createdAt },
    }));
    if (format === 'json') io.out(JSON.stringify({ rejections: noted }));
    else if (noted.length === 0) io.out('no face is noted as not somebody’s');
    else {
      const rows = noted.map(({ id, person, photo, createdAt }) => [id, person, photo ?? '', createdAt]);
      for (const line of formatTable([['id', 'not', 'photo', 'noted'], ...rows])) io.out(line);
    }
    return 0;
  },
});
