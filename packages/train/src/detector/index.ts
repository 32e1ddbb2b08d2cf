import { SemblanceError } from '@semblance/face';
import { MobileNet025 } from '../backbones/mobilenet025.ts';
import { ResNet50 } from '../backbones/resnet50.ts';
import { type RetinaFaceDialect, type RetinaFaceDialectName, retinafaceDialects } from './dialects.ts';
import { RetinaFace } from './retinaface.ts';

/** A detector network with the conventions its outputs are read by. */
export interface CreatedDetector {
  network: RetinaFace;
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
} satisfies Record<string, (dialect: RetinaFaceDialect) => RetinaFace>;

export type DetectorName = keyof typeof detectors;
export const detectorNames = Object.keys(detectors) as DetectorName[];

export interface DetectorOptions {
  /** Conventions by name or in full; `standard` by default. */
  dialect?: RetinaFaceDialectName | RetinaFaceDialect;
}

/**
 * A detector with freshly drawn weights.
 *
 * @throws RECIPE_INVALID_VALUE for an unknown name
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
  return { network: detectors[name as DetectorName](conventions), dialect: conventions };
}

export { type RetinaFaceDialect, type RetinaFaceDialectName, retinafaceDialects } from './dialects.ts';
export { type RawDetections, RetinaFace, RetinaFaceInference } from './retinaface.ts';
