import { formatTable } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';

interface Options {
  pulled?: boolean;
  format: 'table' | 'json';
}

export const modelListCommand = defineCommand<Options>({
  path: ['model', 'list'],
  summary: 'lists the models you can pull, and those on this machine',
  description:
    'Nothing is downloaded: the list is part of the program. A star marks the default model of a task. To add ' +
    'models of your own, set SEMBLANCE_MODEL_CATALOGUE to a file (see docs/models.md). The license is that of the' +
    ' file; it says nothing certain about the photos the model was trained on.',
  examples: [
    ['semblance model list', 'everything, with licenses'],
    ['semblance model list --pulled --format json', 'what is on this machine, as JSON'],
  ],
  configure(command) {
    command
      .option('--pulled', 'only models on this machine')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ pulled: onlyPulled = false, format }, io) {
    const { partNames, pulledModels, readDefaults } = await import('@semblance/face/models');
    const { readCatalogue } = await import('@semblance/face/catalogue');
    const entries = await readCatalogue(io.env);
    const pulled = await pulledModels(io.env);
    const defaults = await readDefaults(io.env);
    const own = [...new Set(pulled.map(({ name }) => name))].filter(
      (name) => !entries.some((entry) => entry.name === name),
    );
    const rows = [
      ...entries.map(({ name, models, license, summary }) => ({
        name,
        tasks: models.map(({ task }) => task),
        license,
        summary,
      })),
      ...own.map((name) => {
        const models = pulled.filter((model) => model.name === name);
        const { architecture, origin } = models[0]!.manifest;
        const license = origin?.license ?? null;
        return { name, tasks: models.map(({ task }) => task), license, summary: architecture };
      }),
    ].flatMap((row) => {
      const here = pulled.filter(({ name }) => name === row.name);
      if (onlyPulled && here.length === 0) return [];
      const isDefault = row.tasks.filter((task) => defaults[partNames[task]] === row.name);
      return [{ ...row, isPulled: here.length > 0, defaultOf: isDefault.map((task) => partNames[task]) }];
    });
    if (format === 'json') {
      for (const row of rows) io.out(JSON.stringify(row));
      return 0;
    }
    const head = ['name', 'what', 'here', 'license', ''];
    const lines = rows.map(({ name, tasks, license, summary, isPulled, defaultOf }) => [
      name,
      tasks.map((task) => partNames[task] + (defaultOf.includes(partNames[task]) ? '*' : '')).join(', '),
      isPulled ? 'yes' : '–',
      license ? license.name + (license.restriction ? `: ${license.restriction}` : '') : '',
      summary,
    ]);
    for (const line of formatTable([head, ...lines])) io.out(line);
    if (!onlyPulled && pulled.length === 0)
      io.err('No models yet. To start: semblance model pull yunet sface');
    return 0;
  },
});
