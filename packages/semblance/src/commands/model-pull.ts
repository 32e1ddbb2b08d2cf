import type { PullResult } from '@semblance/face/catalogue';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { createProgress, megabytes } from '../cli/progress.ts';
import { renderedScenes } from '../cli/rendered-scenes.ts';

interface Options {
  names: string[];
  acceptLicense?: boolean;
  from?: string;
  force?: boolean;
  format: 'table' | 'json';
}

export const modelPullCommand = defineCommand<Options>({
  path: ['model', 'pull'],
  summary: 'fetches published models by name',
  description:
    'Each file is held against its SHA-256, made a model folder in $SEMBLANCE_HOME/models (~/.semblance/models) and ' +
    'tried. The first detector and the first recognizer become the defaults of every command. What breaks off is ' +
    'resumed by the same command. HTTPS_PROXY and NO_PROXY are honoured.\n\n' +
    'Without a network: --from takes a file that was fetched elsewhere, or a folder of them, and ' +
    'SEMBLANCE_MODEL_MIRROR, a base URL or a folder, is asked in place of the makers’ servers for files of the same names.',
  examples: [
    ['semblance model pull yunet sface', 'a pair for a start: 39 MB, free for any use'],
    [
      'semblance model pull buffalo-l --accept-license',
      'a pair whose license allows research only, after reading it',
    ],
    [
      'semblance model pull buffalo-l --accept-license --from ~/.insightface/models/buffalo_l',
      'from files that are here',
    ],
  ],
  configure(command) {
    command
      .argument('<names...>', 'names that semblance model list shows')
      .option('--accept-license', 'the license restricts the use, and you have read and accept it')
      .option('--from <path>', 'a file fetched elsewhere, or a folder of them')
      .option('--force', 'fetches again what is here')
      .addOption(choiceOption('--format <format>', 'how results are printed', ['table', 'json'], 'table'));
  },
  async run({ names, acceptLicense = false, from, force = false, format }, io) {
    const { pullModel } = await import('@semblance/face/catalogue');
    for (const name of names) {
      const progress = createProgress(io, name, { amount: megabytes });
      const result = await pullModel(name, {
        ...{ env: io.env, acceptLicense, force, from, images: renderedScenes },
        onProgress: (doneBytes, totalBytes) => progress.update(doneBytes, totalBytes ?? 0),
      }).finally(() => progress.end());
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
