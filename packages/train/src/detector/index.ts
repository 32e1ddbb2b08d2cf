import { MobileNet025 } from '../backbones/mobilenet025.ts';
import { ResNet50 } from '../backbones/resnet50.ts';
import { SemblanceError } from '../error.ts';
import { type RetinaFaceDialect, type RetinaFaceDialectName, retinafaceDialects } from './dialects.ts';
import { type DetectorNetwork, RetinaFace } from './retinaface.ts';
import { RetinaFacePaper } from './retinaface-paper.ts';

/** A detector network with the conventions its outputs are read by. */
export interface CreatedDetector {
  network: DetectorNetwork;
  dialect: RetinaFaceDialect;
}

/** Detectors by name: adding one is a file and a line here. */
export const detectors = {
  'retinaface-mnet025': ({ slope, minSizes }: RetinaFaceDialect) =>
    new RetinaFace({
      body: { module: new MobileNet025({ slope }), channels: [64, 128, 256] },
      outChannels: 64,
      slope,
      anchorsPerCell: minSizes[0]!.length,
    }),
  'retinaface-r50': ({ minSizes }: RetinaFaceDialect) =>
    new RetinaFace({
      body: { module: new ResNet50(), channels: [512, 1024, 2048] },
      outChannels: 256,
      // The published network leaks only where the pyramid has at most 64 channels.
      slope: 0,
      anchorsPerCell: minSizes[0]!.length,
    }),
  'retinaface-mnet025-paper': ({ slope, minSizes }: RetinaFaceDialect) =>
    new RetinaFacePaper({
      body: { module: new MobileNet025({ slope }), channels: [32, 64, 128, 256] },
      outChannels: 64,
      slope,
      anchorsPerCell: minSizes[0]!.length,
    }),
  'retinaface-r50-paper': ({ slope, minSizes }: RetinaFaceDialect) =>
    new RetinaFacePaper({
      body: { module: new ResNet50(), channels: [256, 512, 1024, 2048] },
      outChannels: 256,
      slope,
      anchorsPerCell: minSizes[0]!.length,
    }),
} satisfies Record<string, (dialect: RetinaFaceDialect) => DetectorNetwork>;

/** Levels of the networks that have not three. */
const numLevels: Partial<Record<DetectorName, number>> = {
  'retinaface-mnet025-paper': 5,
  'retinaface-r50-paper': 5,
};

export type DetectorName = keyof typeof detectors;
export const detectorNames = Object.keys(detectors) as DetectorName[];

export interface DetectorOptions {
  /** Conventions by name or in full; `standard` by default. */
  dialect?: RetinaFaceDialectName | RetinaFaceDialect;
}

/**
 * A detector with freshly drawn weights.
 *
 * @throws RECIPE_INVALID_VALUE for an unknown name, and for a dialect of other levels
 */
export function createDetector(
  name: string,
  { dialect = 'standard' }: DetectorOptions = {},
): CreatedDetector {
  if (!Object.hasOwn(detectors, name)) {
    const message = `Expected one of ${detectorNames.join(', ')} for detector but received "${name}".`;
    throw new SemblanceError('RECIPE_INVALID_VALUE', message);
  }
  const conventions: RetinaFaceDialect = typeof dialect === 'string' ? retinafaceDialects[dialect] : dialect;
  const levels = numLevels[name as DetectorName] ?? 3;
  if (conventions.strides.length !== levels) {
    const message = `Expected a dialect with ${levels} levels for ${name} but received one with ${conventions.strides.length}.`;
    throw new SemblanceError('RECIPE_INVALID_VALUE', message);
  }
  return { network: detectors[name as DetectorName](conventions), dialect: conventions };
}

export { type RetinaFaceDialect, type RetinaFaceDialectName, retinafaceDialects } from './dialects.ts';
export { type DetectorNetwork, type RawDetections, RetinaFace, RetinaFaceInference } from './retinaface.ts';
