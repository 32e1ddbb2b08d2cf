import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { formatTable } from '../cli/table.ts';

interface Options {
  pulled?: boolean;
  format: 'table' | 'json';
}

export const modelListCommand = defineCommand<Options>({
  path: ['model', 'list'],
  summary: 'shows the models that can be pulled, and those that are here',
  description:
    'Nothing is fetched: the list is part of the program. SEMBLANCE_MODEL_CATALOGUE names a file with models of your ' +
    'own (docs/models.md). A star marks the default of a task. The license of a file says nothing certain about the ' +
    'photos it was trained on.',
  examples: [
    ['semblance model list', 'what there is, with licenses'],
    ['semblance model list --pulled --format json', 'what is on this machine, for programs'],
  ],
  configure(command) {
    command
      .option('--pulled', 'only what is on this machine')
      .addOption(choiceOption('--format <format>', 'how results are printed', ['table', 'json'], 'table'));
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
      io.err('Nothing is pulled yet. For a start: semblance model pull yunet sface');
    return 0;
  },
});
