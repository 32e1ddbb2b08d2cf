import type { DetectorConventions, InputConventions, RecognizerConventions } from './manifest.ts';
import type { OnnxFacts } from './onnx-facts.ts';

type Pixels = Pick<InputConventions, 'channels' | 'mean' | 'std'>;

/** The conventions of one family of published detectors. */
export interface DetectionDialect extends Pixels {
  task: 'detection';
  architecture: string;
  detector: Omit<DetectorConventions, 'outputs' | 'landmarks'>;
  /** What must hold of the graph itself; the sentence says so where it does not. */
  fingerprint?: { sentence: string; holds: (facts: OnnxFacts) => boolean };
}

/** The conventions of one family of published recognizers. */
export interface RecognitionDialect extends Pixels {
  task: 'recognition';
  architecture: string;
  recognizer: Omit<RecognizerConventions, 'output' | 'embeddingSize'>;
}

export type Dialect = DetectionDialect | RecognitionDialect;

/** A dialect of your own, under the name that the manifest records. */
export type NamedDialect = Dialect & { readonly name: string };

export const dialectName = (dialect: string | NamedDialect): string =>
  typeof dialect === 'string' ? dialect : dialect.name;

const retinafacePixels: Pixels = { channels: 'BGR', mean: [104, 117, 123], std: [1, 1, 1] };
const retinafaceDetector = (minSizes: number[][]): DetectionDialect['detector'] => ({
  head: 'retinaface',
  strides: [8, 16, 32],
  minSizes,
  variances: [0.1, 0.2],
  anchorsPerCell: 2,
  scores: 'probabilities',
});
const anchorFree = (head: string, anchorsPerCell: number): DetectionDialect['detector'] => ({
  head,
  strides: [8, 16, 32],
  minSizes: [],
  variances: [0.1, 0.2],
  anchorsPerCell,
  scores: 'probabilities',
});
const hasSlope = (facts: OnnxFacts) => facts.leakySlopes.some((slope) => Math.abs(slope - 0.1) < 0.01);

const STANDARD_SIZES = [
  [16, 32],
  [64, 128],
  [256, 512],
];

/** Dialects by name: adding one is one entry. 'custom' is what options make of a neutral one. */
export const dialects: Record<string, Dialect> = {
  // biubug6/Pytorch_Retinaface
  'retinaface-mnet025': {
    task: 'detection',
    architecture: 'retinaface-mnet025',
    ...retinafacePixels,
    detector: retinafaceDetector(STANDARD_SIZES),
    fingerprint: { sentence: 'its activations are LeakyReLU of slope 0.1', holds: hasSlope },
  },
  // biubug6/Face-Detector-1MB-with-landmark: the same names and shapes, other anchors, plain ReLU
  'retinaface-mnet025-1mb': {
    task: 'detection',
    architecture: 'retinaface-mnet025-1mb',
    ...retinafacePixels,
    detector: retinafaceDetector([
      [10, 20],
      [32, 64],
      [128, 256],
    ]),
    fingerprint: { sentence: 'its activations are ReLU', holds: (facts) => !hasSlope(facts) },
  },
  'retinaface-r50': {
    task: 'detection',
    architecture: 'retinaface-r50',
    ...retinafacePixels,
    detector: retinafaceDetector(STANDARD_SIZES),
    fingerprint: { sentence: 'its activations are ReLU', holds: (facts) => !hasSlope(facts) },
  },
  // any other backbone with the same anchors: what it is made of says nothing, running it does
  retinaface: {
    task: 'detection',
    architecture: 'retinaface',
    ...retinafacePixels,
    detector: retinafaceDetector(STANDARD_SIZES),
  },
  // ShiqiYu/libfacedetection.train
  yunet: {
    task: 'detection',
    architecture: 'yunet',
    channels: 'BGR',
    mean: [0, 0, 0],
    std: [1, 1, 1],
    detector: anchorFree('yunet', 1),
  },
  // deepinsight/insightface
  scrfd: {
    task: 'detection',
    architecture: 'scrfd',
    channels: 'RGB',
    mean: [127.5, 127.5, 127.5],
    std: [128, 128, 128],
    detector: anchorFree('scrfd', 2),
  },
  // Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB
  ultralight: {
    task: 'detection',
    architecture: 'ultralight',
    channels: 'RGB',
    mean: [127, 127, 127],
    std: [128, 128, 128],
    detector: anchorFree('boxes-only', 1),
  },
  // foamliu/MobileFaceNet: ImageNet's mean and standard deviation
  'mobilefacenet-foamliu': {
    task: 'recognition',
    architecture: 'mobilefacenet',
    channels: 'RGB',
    mean: [123.675, 116.28, 103.53],
    std: [58.395, 57.12, 57.375],
    recognizer: { template: 'arcface', flip: true },
  },
  // deepinsight/insightface, arcface_torch
  'arcface-insightface': {
    task: 'recognition',
    architecture: 'arcface',
    channels: 'RGB',
    mean: [127.5, 127.5, 127.5],
    std: [127.5, 127.5, 127.5],
    recognizer: { template: 'arcface', flip: true },
  },
  // opencv/opencv_zoo, face_recognition_sface: the network subtracts and divides itself
  sface: {
    task: 'recognition',
    architecture: 'sface',
    channels: 'RGB',
    mean: [0, 0, 0],
    std: [1, 1, 1],
    // the authors' threshold is that of one view
    recognizer: { template: 'arcface', flip: false },
  },
  // mk-minchul/AdaFace: as insightface's, but for the order of the channels
  adaface: {
    task: 'recognition',
    architecture: 'adaface',
    channels: 'BGR',
    mean: [127.5, 127.5, 127.5],
    std: [127.5, 127.5, 127.5],
    recognizer: { template: 'arcface', flip: true },
  },
};

/** Whether the network subtracts and multiplies its input itself, as old MXNet exports do. */
export function normalisesInside({ operators }: OnnxFacts): boolean {
  const first = operators.slice(0, 8);
  return first.includes('Sub') && first.includes('Mul');
}
