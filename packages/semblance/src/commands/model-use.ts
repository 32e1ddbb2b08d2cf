import { resolve } from 'node:path';
import { formatFacts } from '@semblance/core/table';
import type { DefaultModels } from '@semblance/face/models';
import { defineCommand } from '../cli/command.ts';
import { MODEL_HELP } from '../cli/model-options.ts';
import { choiceOption } from '../cli/options.ts';

interface Options {
  models?: string[];
  format: 'table' | 'json';
}

export const modelUseCommand = defineCommand<Options>({
  path: ['model', 'use'],
  summary: 'chooses the default detector and recognizer',
  description:
    'The choice is stored in $SEMBLANCE_HOME/models/default.json. Without arguments it shows the current choice. ' +
    'A gallery keeps the recognizer it was built with, whatever the default is.',
  examples: [
    ['semblance model use yunet sface', 'two pulled models'],
    ['semblance model use buffalo-l', 'a pair with one name'],
    ['semblance model use models/detector models/recognizer', 'models of your own'],
  ],
  configure(command) {
    command
      .argument('[models...]', `${MODEL_HELP}: a detector, a recognizer, or both`)
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ models = [], format }, io) {
    const face = await import('@semblance/face/models');
    const { SemblanceError } = await import('../error.ts');
    const chosen: DefaultModels = {};
    for (const given of models) {
      for (const { path, name } of await face.findModels(given, io.env)) {
        const { manifest, session } = await face.openModel(path);
        await session.close();
        const part = face.partNames[manifest.task];
        if (chosen[part] !== undefined)
          throw new SemblanceError('USAGE_INVALID_VALUE', `${chosen[part]} and ${given} are both a ${part}`);
        chosen[part] = name ?? resolve(path);
      }
    }
    const defaults =
      models.length > 0 ? await face.writeDefaults(chosen, io.env) : await face.readDefaults(io.env);
    const { detector = null, recognizer = null } = defaults;
    if (format === 'json') io.out(JSON.stringify({ detector, recognizer }));
    else {
      const facts = { detector: detector ?? 'none chosen', recognizer: recognizer ?? 'none chosen' };
      for (const line of formatFacts(facts)) io.out(line);
    }
    return 0;
  },
});
