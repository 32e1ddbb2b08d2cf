import { Random } from '@semblance/core/random';
import type { Image } from '@semblance/face/image';
import { type ImageList, openImages } from '@semblance/lab/datasets';
import { SemblanceError } from '../error.ts';
import type { BatchMaker, RecognitionBatch } from './batch-maker.ts';
import { augmentDomain, type DomainChances } from './domain-augment.ts';
import { type ImageCacheMemory, openImageCache } from './image-cache.ts';
import { cropAdvice, readImage } from './readable-image.ts';
import {
  augmentCrop,
  type RecognitionAugmentationName,
  recognitionAugmentations,
} from './recognition-augment.ts';
import { resample } from './resample.ts';

/** All that recognition batches depend on; plain data, it crosses to worker threads. */
export interface RecognitionConfig {
  images: ImageList;
  /** Class of each image. */
  labels: Int32Array;
  /** Side of a crop in pixels. */
  inputSize: number;
  augmentation: RecognitionAugmentationName;
  /** What else is done to crops; nothing without. */
  domain?: DomainChances;
  seed: number;
  cache: ImageCacheMemory;
}

/** Batches of aligned crops with their labels. */
export function recognitionBatches(config: RecognitionConfig): BatchMaker<RecognitionBatch> {
  const { labels, inputSize, seed, domain } = config;
  const images = openImages(config.images);
  const cache = openImageCache(config.cache);
  const augmentation = recognitionAugmentations[config.augmentation];
  const cropBytes = inputSize * inputSize * 3;
  const prepare = (image: Image, name: string) => toCrop(image, name, inputSize);
  return {
    async make({ epoch, indices }) {
      const leftOut = new Set<string>();
      const pixels = new Uint8Array(indices.length * cropBytes);
      const batchLabels = new BigInt64Array(indices.length);
      const reads = Array.from(indices, (index) => readImage(images, index, cache, prepare, leftOut));
      for (const [n, read] of (await Promise.all(reads)).entries()) {
        const rng = Random.of(seed, 0xc0, epoch, indices[n]!);
        const out = pixels.subarray(n * cropBytes, (n + 1) * cropBytes);
        augmentCrop(read.image, rng, augmentation, out);
        if (domain) augmentDomain(out, inputSize, Random.of(seed, 0xd0, epoch, indices[n]!), domain);
        batchLabels[n] = BigInt(labels[read.index]!);
      }
      return { pixels, labels: batchLabels, leftOut: [...leftOut].sort() };
    },
  };
}

/**
 * The photo as a crop of the input's size.
 *
 * @throws DATA_INVALID where it is not square, and so no aligned crop
 */
export function toCrop(image: Image, name: string, inputSize: number): Image {
  if (image.width !== image.height) {
    throw new SemblanceError('DATA_INVALID', `${name} is ${image.width}×${image.height}: ${cropAdvice}`);
  }
  return resample(image, inputSize, inputSize, image.width > inputSize ? 'area' : 'linear');
}
