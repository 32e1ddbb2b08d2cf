import { hashBytes } from '@semblance/core/files';
import { permutation, Random } from '@semblance/core/random';
import { type LabelledImage, readDetectionLabels } from '@semblance/lab/datasets';
import type { DetectionAugmentation } from '../data/detection-augment.ts';
import { retinafaceDistortion } from '../data/distort.ts';
import { createCacheMemory } from '../data/image-cache.ts';
import { toInput } from '../data/pixels.ts';
import { dialectOf } from '../detector/dialects.ts';
import { numFaces, toTargets } from '../detector/face-targets.ts';
import { type CreatedDetector, createDetector } from '../detector/index.ts';
import { retinafaceMatching } from '../detector/matching.ts';
import { multiboxLoss } from '../detector/multibox-loss.ts';
import { SemblanceError } from '../error.ts';
import type { DetectionRecipe } from '../recipes/detection.ts';
import { wholeBatch } from '../shares.ts';
import { evaluateAp } from './average-precision.ts';
import { cacheCapacity, inPrecision, trainingDevice } from './engine.ts';
import type { TrainingTask } from './task.ts';

export interface DetectionTask extends TrainingTask<'detection'> {
  detector: CreatedDetector;
}

/** A decoded photo in the cache is reckoned at this; larger ones leave room for fewer. */
const reckonedImageBytes = 1024 * 768 * 3;

/**
 * Reads labelled images for training a detector; images without a face stay.
 *
 * @throws those of readDetectionLabels; TRAIN_DATA_UNUSABLE where no image shows a face
 */
export async function readDetectionData(dir: string): Promise<LabelledImage[]> {
  const images = await readDetectionLabels(dir);
  if (images.every(({ faces }) => faces.length === 0)) {
    throw new SemblanceError('TRAIN_DATA_UNUSABLE', `no image of ${dir} has a labelled face`);
  }
  return images;
}

/** How a recipe varies its images. */
export function detectionAugmentation(recipe: DetectionRecipe): DetectionAugmentation {
  const [blue, green, red] = dialectOf(recipe.dialect).meanBgr;
  return {
    inputSize: recipe.inputSize,
    cropScales: recipe.cropScales,
    stretch: recipe.stretch,
    distortion: recipe.distort ? retinafaceDistortion : null,
    mirror: recipe.mirror,
    padRgb: [red, green, blue],
    minFace: recipe.minFace,
  };
}

/** Training of a RetinaFace detector. */
export function detectionTask(recipe: DetectionRecipe, images: readonly LabelledImage[]): DetectionTask {
  const detector = createDetector(recipe.detector, { dialect: recipe.dialect });
  const { network, dialect } = detector;
  const device = trainingDevice(recipe);
  network.to({ memoryFormat: 'channels_last', device });
  const weights = {
    boxes: recipe.boxWeight,
    classes: recipe.classWeight,
    landmarks: recipe.landmarkWeight,
    negativesPerPositive: recipe.negativesPerPositive,
    boxLoss: recipe.boxLoss,
    classLoss: recipe.classLoss,
  };
  const { train, held } = holdOut(images, recipe);
  const targets = train.map(({ faces }) => toTargets(faces));
  const labels = targets.map(
    (target, i) => `${train[i]!.name} ${numFaces(target)} ${target.boxes} ${target.landmarks}`,
  );

  return {
    detector,
    modules: { network },
    network,
    backbone: network.body,
    maker: {
      kind: 'detection',
      config: {
        images: { kind: 'files', root: '', names: train.map(({ path }) => path) },
        targets,
        augmentation: detectionAugmentation(recipe),
        inputSizes: recipe.multiScale.length > 0 ? recipe.multiScale : [recipe.inputSize],
        matching: {
          positiveIou: recipe.positiveIou,
          negativeIou: recipe.negativeIou,
          forcedIou: recipe.forcedIou,
          variances: retinafaceMatching.variances,
        },
        anchors: { minSizes: dialect.minSizes, strides: dialect.strides },
        seed: recipe.seed,
        cache: createCacheMemory(train.length, cacheCapacity(recipe, train.length * reckonedImageBytes)),
      },
    },
    numImages: train.length,
    dataFingerprint: hashBytes(labels.join('\n')),
    lossOf(batch, _, shares = wholeBatch) {
      const {
        boxes: b,
        classes: c,
        landmarks: l,
      } = inPrecision(recipe, device, () =>
        network.forward(toInput(batch.pixels, batch.inputSize, dialect.meanBgr, 1, device)),
      );
      const raw = { boxes: b.to('float32'), classes: c.to('float32'), landmarks: l.to('float32') };
      const { loss, boxes, classes, landmarks } = multiboxLoss(raw, batch.targets, weights, shares);
      return { loss, metrics: { boxes, classes, landmarks } };
    },
    ...(held.length > 0 && {
      evaluate: (onLeftOut) =>
        evaluateAp(detector, held, {
          maxSide: recipe.valSide,
          minFace: recipe.valMinFace,
          device,
          onLeftOut,
        }),
    }),
  };
}

/**
 * Holds out `valPart` of the images for evaluation, drawn by the seed.
 *
 * @throws TRAIN_DATA_UNUSABLE where either part shows no face
 */
export function holdOut(
  images: readonly LabelledImage[],
  { valPart, seed }: Pick<DetectionRecipe, 'valPart' | 'seed'>,
): { train: LabelledImage[]; held: LabelledImage[] } {
  const numHeld = Math.round(valPart * images.length);
  const heldIndices = new Set(permutation(images.length, Random.of(seed, 0x4e1e)).subarray(0, numHeld));
  const part = (isHeld: boolean) => images.filter((_, i) => heldIndices.has(i) === isHeld);
  const parts = { train: part(false), held: part(true) };
  const isFaceless = (some: LabelledImage[]) => some.every(({ faces }) => faces.length === 0);
  if (numHeld > 0 && (isFaceless(parts.train) || isFaceless(parts.held))) {
    const message = `valPart ${valPart} of ${images.length} images leaves one part without a labelled face`;
    throw new SemblanceError('TRAIN_DATA_UNUSABLE', message);
  }
  return parts;
}
