import { didYouMean } from '@semblance/core';
import type { nn, Tensor } from '@semblance/torch';
import { createBackbone } from '../backbones/index.ts';
import { type CreatedDetector, createDetector } from '../detector/index.ts';
import { SemblanceError } from '../error.ts';
import { tableOf } from '../options/parts.ts';

type State = ReadonlyMap<string, Tensor>;

/** How weights of one published family of detectors become a network of ours. */
export interface DetectorDialect {
  /** What the manifest records as the model's origin. */
  readonly name: string;
  readonly task: 'detection';
  readonly architecture: string;
  create(): CreatedDetector;
  /** Dialects whose files have the same names and shapes and mean something else. */
  readonly lookalikes: readonly (string | DetectorDialect)[];
}

/** How weights of one published family of recognizers become a network of ours. */
export interface RecognizerDialect {
  /** What the manifest records as the model's origin. */
  readonly name: string;
  readonly task: 'recognition';
  /** The backbone that the names in the file call for. */
  create(state: State): {
    architecture: string;
    network: nn.Module;
    inputSize: number;
    embeddingSize: number;
  };
  /** Of R, G, B from 0 to 255. */
  readonly mean: [number, number, number];
  readonly std: [number, number, number];
}

export type WeightsDialect = DetectorDialect | RecognizerDialect;

/**
 * Dialects of torch weight files by name: adding one is one entry.
 *
 * @example
 * ```ts
 * import { weightsDialects } from '@semblance/train';
 *
 * console.log(weightsDialects['retinaface-mnet025']?.task); // detection
 * ```
 */
export const weightsDialects: Readonly<Record<string, WeightsDialect>> = tableOf<WeightsDialect[]>(
  // biubug6/Pytorch_Retinaface
  {
    name: 'retinaface-mnet025',
    task: 'detection',
    architecture: 'retinaface-mnet025',
    create: () => createDetector('retinaface-mnet025'),
    lookalikes: ['retinaface-mnet025-1mb'],
  },
  // biubug6/Face-Detector-1MB-with-landmark
  {
    name: 'retinaface-mnet025-1mb',
    task: 'detection',
    architecture: 'retinaface-mnet025-1mb',
    create: () => createDetector('retinaface-mnet025', { dialect: '1mb' }),
    lookalikes: ['retinaface-mnet025'],
  },
  {
    name: 'retinaface-r50',
    task: 'detection',
    architecture: 'retinaface-r50',
    create: () => createDetector('retinaface-r50'),
    lookalikes: [],
  },
  // foamliu/MobileFaceNet: ImageNet's mean and standard deviation
  {
    name: 'mobilefacenet-foamliu',
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
  {
    name: 'arcface-insightface',
    task: 'recognition',
    create(state) {
      const architecture = insightfaceBackbone(state);
      return { architecture, network: createBackbone(architecture), inputSize: 112, embeddingSize: 512 };
    },
    mean: [127.5, 127.5, 127.5],
    std: [127.5, 127.5, 127.5],
  },
);

/**
 * The dialect of that name, or the one of your own.
 *
 * @throws MODEL_DIALECT_UNKNOWN for a name that is not in the table
 */
export function weightsDialectOf(dialect: string | WeightsDialect): WeightsDialect {
  if (typeof dialect !== 'string') return dialect;
  if (Object.hasOwn(weightsDialects, dialect)) return weightsDialects[dialect]!;
  const names = Object.keys(weightsDialects);
  throw new SemblanceError(
    'MODEL_DIALECT_UNKNOWN',
    `there is no dialect "${dialect}" for torch weights; there are ${names.join(', ')}${didYouMean(dialect, names)}`,
  );
}

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
