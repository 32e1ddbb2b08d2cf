import { fromArray } from '@semblance/torch';
import { createBackbone } from '../backbones/index.ts';
import type { DomainChances } from '../data/domain-augment.ts';
import { createCacheMemory } from '../data/image-cache.ts';
import { grouped } from '../data/orders.ts';
import type { PersonData } from '../data/person-data.ts';
import { toInput } from '../data/pixels.ts';
import { createHead } from '../losses/index.ts';
import type { RecognitionRecipe } from '../recipes/recognition.ts';
import { wholeBatch } from '../shares.ts';
import { cacheCapacity, inPrecision, trainingDevice } from './engine.ts';
import { evaluateRank1 } from './rank1.ts';
import type { TrainingTask } from './task.ts';

/** Pixels of recognizers trained here: R, G, B as (x − 127.5) / 127.5. */
export const recognitionPixels = { mean: [127.5, 127.5, 127.5] as [number, number, number], std: 127.5 };

const domainChancesOf = ({
  affineChance,
  colorChance,
  resolutionChance,
  jpegChance,
  eraseChance,
}: RecognitionRecipe): DomainChances => ({
  ...{ affineChance, colorChance, resolutionChance, jpegChance, eraseChance },
});

/** Training of a backbone under a margin head on aligned crops. */
export function recognitionTask(recipe: RecognitionRecipe, data: PersonData): TrainingTask<'recognition'> {
  const { inputSize, embeddingSize } = recipe;
  const backbone = createBackbone(recipe.backbone, { ...recipe.backboneOptions, inputSize, embeddingSize });
  const device = trainingDevice(recipe);
  backbone.to({ memoryFormat: 'channels_last', device });
  const head = createHead(recipe.loss, { embeddingSize, numClasses: data.people.length }, recipe.lossOptions);
  head.to({ device });
  const { images, labels } = data.train;
  const numImages = labels.length;
  const setBytes = numImages * Math.ceil((inputSize * inputSize * 3) / 16) * 16;
  const numHeld = data.held.labels.length;

  return {
    backbone,
    modules: { backbone, head },
    network: backbone,
    maker: {
      kind: 'recognition',
      config: {
        images,
        labels,
        inputSize,
        augmentation: recipe.augmentation,
        domain: domainChancesOf(recipe),
        seed: recipe.seed,
        cache: createCacheMemory(numImages, cacheCapacity(recipe, setBytes)),
      },
    },
    numImages,
    ...(recipe.photosPerPerson > 0 && { order: grouped(labels, recipe.photosPerPerson) }),
    dataFingerprint: data.fingerprint,
    peopleHash: data.peopleHash,
    lossOf(batch, progress, shares = wholeBatch) {
      head.shares = shares;
      head.marginFactor = recipe.marginWarmup > 0 ? Math.min(1, progress / recipe.marginWarmup) : 1;
      const labels_N = fromArray(batch.labels, [batch.labels.length], { device });
      const { mean, std } = recognitionPixels;
      const emb_ND = inPrecision(recipe, device, () =>
        backbone.forward(toInput(batch.pixels, inputSize, mean, std, device)),
      ).to('float32');
      const { loss, logits_NK, labels_N: columns_N } = head.forward(emb_ND, labels_N);
      const accuracy = logits_NK.argmax(1).eq(columns_N).to('float32').mean();
      return { loss, metrics: { accuracy } };
    },
    ...(numHeld > 0 && {
      evaluate: (onLeftOut) => evaluateRank1(backbone, data, { inputSize, device, onLeftOut }),
    }),
  };
}
