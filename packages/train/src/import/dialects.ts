import type { nn, Tensor } from '@semblance/torch';
import { createBackbone } from '../backbones/index.ts';
import { type CreatedDetector, createDetector } from '../detector/index.ts';

type State = ReadonlyMap<string, Tensor>;

/** How weights of one published family become a network of ours. */
export type WeightsDialect =
  | {
      task: 'detection';
      architecture: string;
      create(): CreatedDetector;
      /** Dialects whose files have the same names and shapes and mean something else. */
      lookalikes: readonly string[];
    }
  | {
      task: 'recognition';
      /** The backbone that the names in the file call for. */
      create(state: State): {
        architecture: string;
        network: nn.Module;
        inputSize: number;
        embeddingSize: number;
      };
      /** Of R, G, B from 0 to 255. */
      mean: [number, number, number];
      std: [number, number, number];
    };

/** Dialects of torch weight files by name: adding one is one entry. */
export const weightsDialects: Record<string, WeightsDialect> = {
  // biubug6/Pytorch_Retinaface
  'retinaface-mnet025': {
    task: 'detection',
    architecture: 'retinaface-mnet025',
    create: () => createDetector('retinaface-mnet025'),
    lookalikes: ['retinaface-mnet025-1mb'],
  },
  // biubug6/Face-Detector-1MB-with-landmark
  'retinaface-mnet025-1mb': {
    task: 'detection',
    architecture: 'retinaface-mnet025-1mb',
    create: () => createDetector('retinaface-mnet025', { dialect: '1mb' }),
    lookalikes: ['retinaface-mnet025'],
  },
  'retinaface-r50': {
    task: 'detection',
    architecture: 'retinaface-r50',
    create: () => createDetector('retinaface-r50'),
    lookalikes: [],
  },
  // foamliu/MobileFaceNet: ImageNet's mean and standard deviation
  'mobilefacenet-foamliu': {
    task: 'recognition',
    create: () => ({
      architecture: 'mbf-paper',
      network: createBackbone('mbf-paper', { activation: 'relu6' }),
      inputSize: 112,
      embeddingSize: 128,
    }),
    mean: [123.675, 116.28, 103.53],
    std: [58.395, 57.12, 57.375],
  },
  // deepinsight/insightface, arcface_torch
  'arcface-insightface': {
    task: 'recognition',
    create(state) {
      const architecture = insightfaceBackbone(state);
      return { architecture, network: createBackbone(architecture), inputSize: 112, embeddingSize: 512 };
    },
    mean: [127.5, 127.5, 127.5],
    std: [127.5, 127.5, 127.5],
  },
};

/** The IResNets differ in the number of blocks of their third stage. */
function insightfaceBackbone(state: State): string {
  if (state.has('conv_sep.layers.0.weight')) return 'mbf';
  const depths = [
    ['r100', 29],
    ['r50', 13],
    ['r34', 5],
  ] as const;
  return depths.find(([, last]) => state.has(`layer3.${last}.conv1.weight`))?.[0] ?? 'r18';
}
