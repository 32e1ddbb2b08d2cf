import { formatTable } from '@semblance/core/table';
import type { NameChange } from '@semblance/face/gallery';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, numberOption } from '../cli/options.ts';

interface Options {
  gallery?: string;
  steps: number;
  list?: boolean;
  format: 'table' | 'json';
}

export const galleryUndoCommand = defineCommand<Options>({
  path: ['gallery', 'undo'],
  opensGalleries: true,
  summary: 'takes back the last renaming, merge or split',
  description:
    'The last 50 can be taken back, one after the other. Nothing is remembered of people who were removed. A gallery that ' +
    'is built again from folders starts without any.',
  examples: [
    ['semblance gallery undo people', 'takes back the last one'],
    ['semblance gallery undo people --list', 'shows what can be taken back'],
  ],
  configure(command) {
    command
      .argument('[gallery]', 'a name or a folder (default: the only gallery that has a name)')
      .addOption(numberOption('--steps <n>', 'how many to take back', { min: 1, max: 50 }).default(1))
      .option('--list', 'shows them, the last one first, and takes back none')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ gallery: given, steps, list = false, format }, io) {
    const { findGallery, Gallery, galleryKeys } = await import('@semblance/face/gallery');
    await using gallery = await Gallery.open(await findGallery(given, io.env), {
      readOnly: list,
      keys: galleryKeys({}, io.env),
    });
    const changes: NameChange[] = list ? await gallery.names.changes() : [];
    for (let step = 0; step < steps && !list; step++) changes.push(await gallery.names.undo());
    if (format === 'json') io.out(JSON.stringify({ [list ? 'changes' : 'undone']: changes }));
    else if (!list) for (const change of changes) io.out(`undone: ${words(change)}`);
    else if (changes.length === 0) io.out('no change of names can be taken back');
    else {
      const rows = changes.map((change) => [change.at, words(change)]);
      for (const line of formatTable([['when', 'what'], ...rows])) io.out(line);
    }
    return 0;
  },
});

const verbs = { rename: 'renamed', merge: 'merged', split: 'split' } as const;

function words({ kind, to, moved }: NameChange): string {
  const numFaces = moved.reduce((sum, { faces }) => sum + faces.length, 0);
  const from = moved.map((group) => group.from).join(', ');
  return `${from} ${verbs[kind]} ${kind === 'rename' ? 'to' : 'into'} ${to} (${numFaces} ${numFaces === 1 ? 'face' : 'faces'})`;
}
