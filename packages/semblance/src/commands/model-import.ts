import type { Image } from '@semblance/face/image';
import type { ConventionOptions } from '@semblance/face/models';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, parseSettings, type SettingKind, setOption } from '../cli/options.ts';
import { MAX_TRIED, renderedScenes } from '../cli/rendered-scenes.ts';
import { loadTrain } from '../cli/train-module.ts';

interface Options {
  file: string;
  dialect: string;
  out: string;
  check?: string;
  force?: boolean;
  format: 'table' | 'json';
  set?: Record<string, string>;
}

const conventionKinds = {
  task: 'text',
  architecture: 'text',
  channels: 'text',
  mean: 'numbers',
  std: 'numbers',
  head: 'text',
  strides: 'numbers',
  minSizes: 'json',
  variances: 'numbers',
  anchorsPerCell: 'number',
  scores: 'text',
  flip: 'flag',
} satisfies Record<keyof ConventionOptions, SettingKind>;

/** Weights that are made into a network here, and not run as they are. */
const TORCH_FILE = /\.(pth|pt|tar|pkl|bin|ckpt)$/i;

export const modelImportCommand = defineCommand<Options>({
  path: ['model', 'import'],
  summary: 'makes a model folder from published weights',
  description:
    'Takes ONNX files as they are, and torch files (.pth, .pt, .tar) of networks it knows. Nothing in a file is ' +
    'executed. The dialect says how the network expects its pixels and what its outputs mean. A detector is tried' +
    ' on photos first, because the wrong dialect loads without an error and then finds boxes in the wrong ' +
    'places.\n\nDialects: retinaface-mnet025, retinaface-mnet025-1mb, retinaface-r50, retinaface, yunet, scrfd, ultralight, ' +
    'mobilefacenet-foamliu, arcface-insightface, sface, adaface, and custom (you set every convention with --set).',
  examples: [
    [
      'semblance model import retinaface.pth --dialect retinaface-mnet025 --out models/detector',
      'a detector from torch weights',
    ],
    [
      'semblance model import w600k_r50.onnx --dialect arcface-insightface --out models/recognizer',
      'a recognizer from an ONNX file',
    ],
    [
      'semblance model import mine.onnx --dialect custom --out models/mine --set task=recognition --set mean=127.5 --set std=128 --set channels=BGR',
      'a network with other conventions',
    ],
  ],
  configure(command) {
    command
      .argument('<file>', 'the weights: an .onnx, .pth, .pt or .tar file')
      .requiredOption('--dialect <name>', 'the conventions of the network')
      .requiredOption('--out <dir>', 'the model folder to write')
      .option('--check <photos>', 'photos with faces to try a detector on (default: rendered ones)')
      .option('--force', 'overwrites an existing model')
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
      .addOption(setOption(`convention, repeatable: ${Object.keys(conventionKinds).join(', ')}`));
  },
  async run({ file, dialect, out, check, force = false, format, set }, io) {
    const { importOnnx, modelId, verifyModel } = await import('@semblance/face/models');
    const settings = parseSettings(set, conventionKinds) as ConventionOptions & {
      mean?: number[];
      std?: number[];
    };
    const conventions: ConventionOptions = {
      ...settings,
      ...(settings.mean ? { mean: oneOrThree(settings.mean) } : {}),
      ...(settings.std ? { std: oneOrThree(settings.std) } : {}),
    };
    const given = check === undefined ? null : await photosAt(check);
    if (TORCH_FILE.test(file)) {
      const { importTorchWeights } = await loadTrain();
      await importTorchWeights({ file, dialect, out, overwrite: force, ...(given ? { images: given } : {}) });
    } else {
      const images = given ?? (await renderedScenes());
      await importOnnx({ file, dialect, out, conventions, images, overwrite: force });
    }
    const manifest = await verifyModel(out);
    const id = modelId(manifest);
    if (format === 'json') io.out(JSON.stringify({ id, out, manifest }));
    else io.out(`${out}: ${manifest.task} model ${id} (${dialect})`);
    return 0;
  },
});

const oneOrThree = (values: number[]): number | number[] => (values.length === 1 ? values[0]! : values);

async function photosAt(path: string): Promise<Image[]> {
  const { decodeImage } = await import('@semblance/face/image');
  const { listImages } = await import('@semblance/core/files');
  const photos = (await listImages(path)).slice(0, MAX_TRIED);
  return Promise.all(photos.map((photo) => decodeImage(photo.path)));
}
