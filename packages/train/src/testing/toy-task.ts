import { readPersonSource } from '@semblance/lab/datasets';
import { fromArray, nn, ops, type Tensor } from '@semblance/torch';
import { createCacheMemory } from '../data/image-cache.ts';
import type { TrainingRecipe } from '../recipes/training.ts';
import { trainingBase } from '../recipes/training.ts';
import type { TrainingTask } from '../trainer/task.ts';

const size = 16;

/** Batch norm and a linear layer on top of a first linear layer: small, with parts that can be frozen. */
export class ToyNetwork extends nn.Module {
  body = new nn.Linear(size * size * 3, 8);
  norm = new nn.BatchNorm1d(8);
  top = new nn.Linear(8, 4);

  forward(x_ND: Tensor): Tensor {
    return this.top.forward(this.norm.forward(this.body.forward(x_ND)));
  }
}

/** For tests: training of that network to tell toy people apart. */
export async function toyTask(
  dir: string,
  change: (loss: Tensor, network: ToyNetwork) => Tensor = (loss) => loss,
): Promise<TrainingTask<'recognition'> & { network: ToyNetwork }> {
  const { images, labels } = await readPersonSource(dir);
  const network = new ToyNetwork();
  return {
    modules: { network },
    network,
    backbone: network.body,
    maker: {
      kind: 'recognition',
      config: {
        images,
        labels,
        inputSize: size,
        augmentation: 'flip',
        seed: 1,
        cache: createCacheMemory(labels.length, 0),
      },
    },
    numImages: labels.length,
    dataFingerprint: 'toy',
    lossOf({ pixels, labels }) {
      const x_ND = fromArray(pixels, [labels.length, size * size * 3])
        .to('float32')
        .div(255);
      const loss = ops.cross_entropy_loss(network.forward(x_ND), fromArray(labels));
      return { loss: change(loss, network), metrics: { entropy: loss } };
    },
  };
}

export const toyRecipe: TrainingRecipe = {
  ...trainingBase,
  name: 'toy',
  batchSize: 8,
  epochs: 4,
  lr: 0.05,
  checkpointSteps: 4,
  device: 'cpu',
  workers: 0,
  threads: 1,
};
