import { stat } from 'node:fs/promises';
import { defineCommand } from '../cli/command.ts';
import { choiceOption } from '../cli/options.ts';
import { formatFacts } from '../cli/table.ts';

interface Options {
  model: string;
  format: 'table' | 'json';
}

export const modelInspectCommand = defineCommand<Options>({
  path: ['model', 'inspect'],
  summary: 'shows what a model is, and whether its files are what they were',
  description:
    'Holds every file of a model folder against its SHA-256, loads the network and prints its conventions.',
  examples: [
    ['semblance model inspect models/detector', 'a model folder'],
    [
      'semblance model inspect MobileFaceNet.onnx --format json',
      'a bare file: the manifest it would be given',
    ],
  ],
  configure(command) {
    command
      .argument('<model>', 'a model folder or an .onnx file')
      .addOption(choiceOption('--format <format>', 'how results are printed', ['table', 'json'], 'table'));
  },
  async run({ model, format }, io) {
    const { modelId, openModel, verifyModel } = await import('@semblance/face/models');
    const isFolder = await stat(model).then(
      (info) => info.isDirectory(),
      () => false,
    );
    if (isFolder) await verifyModel(model);
    const { manifest, session } = await openModel(model);
    const { inputs, outputs } = session;
    await session.dispose();
    if (format === 'json') {
      io.out(JSON.stringify({ id: modelId(manifest), manifest, inputs, outputs }));
      return 0;
    }
    const { input } = manifest;
    const side = (pixels: number | null): string => (pixels === null ? 'any' : String(pixels));
    const port = ({ name, shape }: { name: string; shape: (number | null)[] }): string =>
      `${name} [${shape.map((size) => size ?? '?').join(', ')}]`;
    const facts: Record<string, string | number> = {
      model: modelId(manifest),
      task: manifest.task,
      architecture: manifest.architecture,
      made: manifest.createdAt,
      input: `${side(input.width)} × ${side(input.height)} ${input.channels}, (x − ${input.mean}) / ${input.std}`,
      ...(manifest.task === 'detection'
        ? { head: `${manifest.detector.head}, strides ${manifest.detector.strides}` }
        : {
            embedding: `${manifest.recognizer.embeddingSize} numbers, flip ${manifest.recognizer.flip ? 'added' : 'not added'}`,
          }),
      network: `${inputs.map(port).join(', ')} → ${outputs.map(port).join(', ')}`,
    };
    if (manifest.threshold) facts.threshold = `${manifest.threshold.value} (${manifest.threshold.basis})`;
    if (manifest.origin) facts.origin = `${manifest.origin.file} as ${manifest.origin.dialect}`;
    for (const [name, file] of Object.entries(manifest.files)) {
      const state = isFolder ? 'unchanged' : 'a bare file';
      facts[name] = `${(file.sizeBytes / 1e6).toFixed(2)} MB, ${state}, SHA-256 ${file.sha256.slice(0, 16)}…`;
    }
    for (const line of formatFacts(facts)) io.out(line);
    return 0;
  },
});
