import { Random } from '@semblance/core/random';
import type { AnchorLayout } from '@semblance/face/geometry';
import { countAnchors } from '@semblance/face/geometry';
import type { Image } from '@semblance/face/image';
import type { ImageList } from '@semblance/lab/datasets';
import { openImages } from '@semblance/lab/datasets';
import { batchTargets } from '../detector/batch-targets.ts';
import type { FaceTargets } from '../detector/face-targets.ts';
import { type MatchedTargets, type MatchOptions, matchAnchors } from '../detector/matching.ts';
import type { BatchMaker, DetectionBatch } from './batch-maker.ts';
import { augmentDetection, type DetectionAugmentation } from './detection-augment.ts';
import { type ImageCacheMemory, openImageCache } from './image-cache.ts';
import { readImage } from './readable-image.ts';

/** All that detection batches depend on; plain data, it crosses to worker threads. */
export interface DetectionConfig {
  images: ImageList;
  /** Faces of each image. */
  targets: readonly FaceTargets[];
  augmentation: Omit<DetectionAugmentation, 'inputSize'>;
  /** Sides of the square that the network sees; each step draws one. */
  inputSizes: readonly number[];
  anchors: Pick<AnchorLayout, 'minSizes' | 'strides'>;
  matching: MatchOptions;
  seed: number;
  cache: ImageCacheMemory;
}

/** Batches of augmented scenes with their anchors' targets; the size of a batch follows from seed and step. */
export function detectionBatches(config: DetectionConfig): BatchMaker<DetectionBatch> {
  const { targets, augmentation, inputSizes, anchors, matching, seed } = config;
  const images = openImages(config.images);
  const cache = openImageCache(config.cache);
  const asDecoded = (image: Image) => image;
  return {
    async make({ step, epoch, indices }) {
      const inputSize = inputSizes[Random.of(seed, 0x51, step).below(inputSizes.length)]!;
      const layout = { width: inputSize, height: inputSize, ...anchors };
      const imageBytes = inputSize * inputSize * 3;
      const leftOut = new Set<string>();
      const pixels = new Uint8Array(indices.length * imageBytes);
      const matched: MatchedTargets[] = [];
      const reads = Array.from(indices, (index) => readImage(images, index, cache, asDecoded, leftOut));
      for (const [n, read] of (await Promise.all(reads)).entries()) {
        const rng = Random.of(seed, 0xde, epoch, indices[n]!);
        const sample = { image: read.image, targets: targets[read.index]! };
        const augmented = augmentDetection(sample, rng, { ...augmentation, inputSize });
        writeBgr(augmented.image.data, pixels, n * imageBytes);
        matched.push(matchAnchors(layout, augmented.targets, matching));
      }
      const batch = batchTargets(matched, countAnchors(layout));
      return { pixels, inputSize, targets: batch, leftOut: [...leftOut].sort() };
    },
  };
}

function writeBgr(rgb: Uint8Array, out: Uint8Array, at: number): void {
  for (let i = 0; i < rgb.length; i += 3) {
    out[at + i] = rgb[i + 2]!;
    out[at + i + 1] = rgb[i + 1]!;
    out[at + i + 2] = rgb[i]!;
  }
}
