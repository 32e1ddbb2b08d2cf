import type { PullResult } from '@semblance/face/catalogue';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { pullShown } from '../cli/pull-models.ts';

interface Options {
  names: string[];
  acceptLicense?: boolean;
  from?: string;
  force?: boolean;
  format: 'table' | 'json';
}

export const modelPullCommand = defineCommand<Options>({
  path: ['model', 'pull'],
  summary: 'downloads published models by name',
  description:
    'Checks each file against its SHA-256, makes a model folder in $SEMBLANCE_HOME/models (~/.semblance/models) ' +
    'and tries it. The first detector and the first recognizer become the defaults of every command. Run it again' +
    ' to resume an interrupted download. HTTPS_PROXY and NO_PROXY are honored.\n\nWithout a network, use --from ' +
    'with a file or a folder of files that you downloaded elsewhere, or set SEMBLANCE_MODEL_MIRROR to a base URL ' +
    'or a folder that has files of the same names.',
  examples: [
    [
      'semblance model pull yunet sface',
      'a detector and a recognizer to start with: 39 MB, free for any use',
    ],
    ['semblance model pull buffalo-l --accept-license', 'a pair that you may use for research only'],
    [
      'semblance model pull buffalo-l --accept-license --from ~/.insightface/models/buffalo_l',
      'the same from files you have already',
    ],
  ],
  configure(command) {
    command
      .argument('<names...>', 'names from semblance model list')
      .option('--accept-license', 'says that you have read and accept a license that restricts use')
      .option('--from <path>', 'a file that you downloaded elsewhere, or a folder of files')
      .option('--force', 'downloads again what is already here')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ names, acceptLicense = false, from, force = false, format }, io) {
    for (const name of names) {
      const result = await pullShown(name, { acceptLicense, from, force }, io);
      if (format === 'json') io.out(JSON.stringify(jsonOf(result)));
      else for (const line of linesOf(result)) io.out(line);
    }
    return 0;
  },
});

function linesOf({ entry, models, isKept, madeDefault }: PullResult): string[] {
  const { name, license } = entry;
  const restriction = license.restriction ? `: ${license.restriction}` : '';
  return [
    ...models.map(({ path, task }) => `${path}: ${task} model ${name}${isKept ? ', here already' : ''}`),
    `license ${license.name}${restriction}; trained on: ${license.trainedOn}`,
    ...madeDefault.map(({ task }) => `${name} is now the default for ${task}`),
  ];
}

const jsonOf = ({ entry, models, isKept, madeDefault }: PullResult) => ({
  name: entry.name,
  license: entry.license,
  kept: isKept,
  models: models.map((model) => ({
    task: model.task,
    path: model.path,
    sha256: model.manifest.files['model.onnx']!.sha256,
    default: madeDefault.includes(model),
  })),
});
