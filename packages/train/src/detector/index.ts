import { MobileNet025 } from '../backbones/mobilenet025.ts';
import { ResNet50 } from '../backbones/resnet50.ts';
import { recipeError } from '../options/check.ts';
import { partOf, tableOf } from '../options/parts.ts';
import { dialectOf, type RetinaFaceDialect } from './dialects.ts';
import { type DetectorNetwork, RetinaFace } from './retinaface.ts';
import { RetinaFacePaper } from './retinaface-paper.ts';

/** A detector network with the conventions its outputs are read by. */
export interface CreatedDetector {
  network: DetectorNetwork;
  dialect: RetinaFaceDialect;
}

/** A network of the RetinaFace family. */
export interface DetectorSpec<Name extends string = string> {
  /** What recipes, manifests and checkpoints call it. */
  readonly name: Name;
  /** Levels that its outputs come from: its dialect has a stride for each. */
  readonly numLevels: number;
  create(dialect: RetinaFaceDialect): DetectorNetwork;
}

/**
 * Declares a detector, for the table or for `trainDetection({ recipe: { …, detector } })`.
 *
 * @example
 * ```ts
 * import { createDetector, defineDetector } from '@semblance/train';
 *
 * const mine = defineDetector({
 *   name: 'mine',
 *   numLevels: 3,
 *   // your own module comes here: it takes [N, 3, H, W] and gives the scores, boxes and landmarks of each level
 *   create: (dialect) => createDetector('retinaface-mnet025', { dialect }).network,
 * });
 * const { network } = createDetector(mine);
 * console.log(network.parameters().length > 100); // true
 * ```
 */
export const defineDetector = <const Name extends string>(spec: DetectorSpec<Name>): DetectorSpec<Name> =>
  spec;

/** Detectors by name: adding one is an entry here. */
export const detectors = tableOf(
  defineDetector({
    name: 'retinaface-mnet025',
    numLevels: 3,
    create: ({ slope, minSizes }) =>
      new RetinaFace({
        body: { module: new MobileNet025({ slope }), channels: [64, 128, 256] },
        outChannels: 64,
        slope,
        anchorsPerCell: minSizes[0]!.length,
      }),
  }),
  defineDetector({
    name: 'retinaface-r50',
    numLevels: 3,
    create: ({ minSizes }) =>
      new RetinaFace({
        body: { module: new ResNet50(), channels: [512, 1024, 2048] },
        outChannels: 256,
        // The published network leaks only where the pyramid has at most 64 channels.
        slope: 0,
        anchorsPerCell: minSizes[0]!.length,
      }),
  }),
  defineDetector({
    name: 'retinaface-mnet025-paper',
    numLevels: 5,
    create: ({ slope, minSizes }) =>
      new RetinaFacePaper({
        body: { module: new MobileNet025({ slope }), channels: [32, 64, 128, 256] },
        outChannels: 64,
        slope,
        anchorsPerCell: minSizes[0]!.length,
      }),
  }),
  defineDetector({
    name: 'retinaface-r50-paper',
    numLevels: 5,
    create: ({ slope, minSizes }) =>
      new RetinaFacePaper({
        body: { module: new ResNet50(), channels: [256, 512, 1024, 2048] },
        outChannels: 256,
        slope,
        anchorsPerCell: minSizes[0]!.length,
      }),
  }),
);

export type DetectorName = keyof typeof detectors;
/**
 * The names of the table of detectors.
 *
 * @example
 * ```ts
 * import { detectorNames } from '@semblance/train';
 *
 * console.log(detectorNames); // [ 'retinaface-mnet025', 'retinaface-r50', …
 * ```
 */
export const detectorNames = Object.keys(detectors) as DetectorName[];

export interface DetectorOptions {
  /** Conventions by name or in full; `standard` by default. */
  dialect?: string | RetinaFaceDialect;
}

/**
 * A detector and the conventions its outputs are read by, held against each other.
 *
 * @throws RECIPE_INVALID_VALUE for an unknown name, and for a dialect of other levels than the detector's
 */
export function detectorOf(
  detector: string | DetectorSpec,
  dialect: string | RetinaFaceDialect,
): { spec: DetectorSpec; dialect: RetinaFaceDialect } {
  const spec = partOf<DetectorSpec>(detectors, detector, 'detector');
  const conventions = dialectOf(dialect);
  const numLevels = conventions.strides.length;
  if (numLevels === spec.numLevels) return { spec, dialect: conventions };
  const message = `Expected a dialect with ${spec.numLevels} levels for ${spec.name} but received ${conventions.name} with ${numLevels}.`;
  throw recipeError({ kind: 'invalid-value', path: 'dialect', message });
}

/**
 * A detector with freshly drawn weights.
 *
 * @param detector a name of the table, or a detector of your own
 * @throws RECIPE_INVALID_VALUE as {@link detectorOf}
 * @returns the network, which takes pictures [N, 3, H, W], and the dialect that its outputs are read by
 * @example
 * ```ts
 * import { createDetector } from '@semblance/train';
 *
 * const { network, dialect } = createDetector('retinaface-mnet025');
 * console.log(dialect.name, dialect.strides); // standard [ 8, 16, 32 ]
 * network.dispose();
 * ```
 */
export function createDetector(
  detector: string | DetectorSpec,
  { dialect: given = 'standard' }: DetectorOptions = {},
): CreatedDetector {
  const { spec, dialect } = detectorOf(detector, given);
  return { network: spec.create(dialect), dialect };
}

export {
  dialectOf,
  type RetinaFaceDialect,
  type RetinaFaceDialectName,
  retinafaceDialects,
} from './dialects.ts';
export { type DetectorNetwork, type RawDetections, RetinaFace, RetinaFaceInference } from './retinaface.ts';
