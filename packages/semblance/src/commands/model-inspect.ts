import { stat } from 'node:fs/promises';
import { formatFacts } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';
import { MODEL_HELP } from '../cli/model-options.ts';
import { choiceOption } from '../cli/options.ts';

interface Options {
  model: string;
  format: 'table' | 'json';
}

export const modelInspectCommand = defineCommand<Options>({
  path: ['model', 'inspect'],
  summary: 'shows what a model is and whether its files are intact',
  description:
    'Checks every file of a model folder against its SHA-256, loads the network, and prints its conventions.',
  examples: [
    ['semblance model inspect models/detector', 'a model folder'],
    [
      'semblance model inspect MobileFaceNet.onnx --format json',
      'a file without a folder: shows the conventions recognized in it',
    ],
  ],
  configure(command) {
    command
      .argument('<model>', MODEL_HELP)
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'));
  },
  async run({ model: given, format }, io) {
    const { findModels } = await import('@semblance/face/models');
    for (const { path } of await findModels(given, io.env)) await inspect(path, format, io);
    return 0;
  },
});

async function inspect(model: string, format: 'table' | 'json', io: Io): Promise<void> {
  const { modelId, openModel, verifyModel } = await import('@semblance/face/models');
  const isFolder = await stat(model).then(
    (info) => info.isDirectory(),
    () => false,
  );
  if (isFolder) await verifyModel(model);
  const { manifest, session } = await openModel(model);
  const { inputs, outputs } = session;
  await session.close();
  if (format === 'json') {
    io.out(JSON.stringify({ id: modelId(manifest), manifest, inputs, outputs }));
    return;
  }
  const { input } = manifest;
  const side = (pixels: number | null): string => (pixels === null ? 'any' : String(pixels));
  const port = ({ name, shape }: { name: string; shape: (number | null)[] }): string =>
    `${name} [${shape.map((size) => size ?? '?').join(', ')}]`;
  const facts: Record<string, string | number> = {
    model: modelId(manifest),
    task: manifest.task,
    architecture: manifest.architecture,
    created: manifest.createdAt,
    input: `${side(input.width)} × ${side(input.height)} ${input.channels}, (x − ${input.mean}) / ${input.std}`,
    ...(manifest.task === 'detection'
      ? { head: `${manifest.detector.head}, strides ${manifest.detector.strides}` }
      : {
          embedding: `${manifest.recognizer.embeddingSize} numbers, flip ${manifest.recognizer.flip ? 'added' : 'not added'}`,
        }),
    network: `${inputs.map(port).join(', ')} → ${outputs.map(port).join(', ')}`,
  };
  if (manifest.threshold) facts.threshold = `${manifest.threshold.value} (${manifest.threshold.basis})`;
  if (manifest.task === 'recognition' && manifest.impostors) {
    const { pairs, data } = manifest.impostors;
    facts.calibrated = `on ${pairs.toLocaleString('en-US')} pairs of different people (${data})`;
  }
  const { origin } = manifest;
  if (origin) facts.origin = `${origin.file} as ${origin.dialect}${origin.url ? `, from ${origin.url}` : ''}`;
  if (origin?.license) {
    const { name, restriction, url, trainedOn } = origin.license;
    facts.license = name + (url ? ` (${url})` : '');
    if (restriction) facts.restriction = `${restriction}: check that your use is allowed`;
    if (trainedOn) facts['trained on'] = trainedOn;
  }
  for (const [name, file] of Object.entries(manifest.files)) {
    const state = isFolder ? 'unchanged' : 'a bare file';
    facts[name] = `${(file.sizeBytes / 1e6).toFixed(2)} MB, ${state}, SHA-256 ${file.sha256.slice(0, 16)}…`;
  }
  for (const line of formatFacts(facts)) io.out(line);
}
