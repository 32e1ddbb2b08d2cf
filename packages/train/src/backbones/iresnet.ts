import { nn, ops, type Tensor } from '@semblance/torch';
import { z } from 'zod';
import { defineBackbone, sizeOptions, widthOption } from './backbone.ts';
import { scaleChannels } from './blocks.ts';

// N batch, C channels, H = W map, D embedding

interface IResNetOptions {
  inputSize: number;
  embeddingSize: number;
  dropout: number;
  width: number;
}

/** Blocks of each of the four stages. */
type Blocks = readonly [number, number, number, number];

/** BN – conv – BN – PReLU – conv – BN, plus the shortcut; no activation after the sum. */
class IBasicBlock extends nn.Module {
  bn1: nn.BatchNorm2d;
  conv1: nn.Conv2d;
  bn2: nn.BatchNorm2d;
  prelu: nn.PReLU;
  conv2: nn.Conv2d;
  bn3: nn.BatchNorm2d;
  downsample: nn.Sequential | null;

  constructor(inChannels: number, channels: number, stride: number) {
    super();
    this.bn1 = new nn.BatchNorm2d(inChannels);
    this.conv1 = new nn.Conv2d(inChannels, channels, 3, { padding: 1, bias: false });
    this.bn2 = new nn.BatchNorm2d(channels);
    this.prelu = new nn.PReLU(channels);
    this.conv2 = new nn.Conv2d(channels, channels, 3, { stride, padding: 1, bias: false });
    this.bn3 = new nn.BatchNorm2d(channels);
    this.downsample =
      stride === 1
        ? null
        : new nn.Sequential(
            new nn.Conv2d(inChannels, channels, 1, { stride, bias: false }),
            new nn.BatchNorm2d(channels),
          );
  }

  forward(x: Tensor): Tensor {
    let out = this.conv1.forward(this.bn1.forward(x));
    out = nn.normActivation(this.bn2, this.prelu, out);
    out = this.bn3.forward(this.conv2.forward(out));
    return out.add_(this.downsample ? this.downsample.forward(x) : x);
  }
}

/**
 * The improved residual network of face recognition: no max-pool, input 112², maps 56 → 28 → 14 → 7.
 *
 * [N, 3, S, S] → [N, D], not normalised. State dict keys are those of insightface's arcface_torch.
 *
 * Duta et al., "Improved Residual Networks" (2020), in the form of Deng et al., "ArcFace" (2019).
 */
class IResNet extends nn.Module {
  conv1: nn.Conv2d;
  bn1: nn.BatchNorm2d;
  prelu: nn.PReLU;
  layer1: nn.Sequential;
  layer2: nn.Sequential;
  layer3: nn.Sequential;
  layer4: nn.Sequential;
  bn2: nn.BatchNorm2d;
  dropout: nn.Dropout;
  fc: nn.Linear;
  features: nn.BatchNorm1d;

  constructor(blocks: Blocks, { inputSize, embeddingSize, dropout, width }: IResNetOptions) {
    super();
    const mapSize = inputSize / 16;
    const [c1, c2, c3, c4] = [64, 128, 256, 512].map((channels) => scaleChannels(channels, width)) as [
      number,
      number,
      number,
      number,
    ];
    this.conv1 = new nn.Conv2d(3, c1, 3, { padding: 1, bias: false });
    this.bn1 = new nn.BatchNorm2d(c1);
    this.prelu = new nn.PReLU(c1);
    this.layer1 = stage(c1, c1, blocks[0]);
    this.layer2 = stage(c1, c2, blocks[1]);
    this.layer3 = stage(c2, c3, blocks[2]);
    this.layer4 = stage(c3, c4, blocks[3]);
    this.bn2 = new nn.BatchNorm2d(c4);
    this.dropout = new nn.Dropout(dropout);
    this.fc = new nn.Linear(c4 * mapSize * mapSize, embeddingSize);
    this.features = new nn.BatchNorm1d(embeddingSize);
    // A learned scale would only undo the normalisation that every margin loss applies.
    this.features.weight!.value.requiresGrad = false;
    for (const [, module] of this.namedModules()) {
      if (module instanceof nn.Conv2d) nn.init.normal(module.weight.value, 0, 0.1);
    }
  }

  forward(x_NCHW: Tensor): Tensor {
    let x = nn.normActivation(this.bn1, this.prelu, this.conv1.forward(x_NCHW)); // [N, 64, S, S]
    x = this.layer1.forward(x); // [N, 64, S/2, S/2]
    x = this.layer2.forward(x); // [N, 128, S/4, S/4]
    x = this.layer3.forward(x); // [N, 256, S/8, S/8]
    x = this.layer4.forward(x); // [N, 512, S/16, S/16]
    x = this.dropout.forward(ops.flatten(this.bn2.forward(x), 1)); // [N, 512·(S/16)²]
    return this.features.forward(this.fc.forward(x)); // [N, D]
  }
}

function stage(inChannels: number, channels: number, numBlocks: number): nn.Sequential {
  const blocks = Array.from({ length: numBlocks }, (_, i) =>
    i === 0 ? new IBasicBlock(inChannels, channels, 2) : new IBasicBlock(channels, channels, 1),
  );
  return new nn.Sequential(...blocks);
}

const define = <const Name extends string>(name: Name, blocks: Blocks) =>
  defineBackbone({
    name,
    options: {
      ...sizeOptions(512),
      dropout: z
        .number()
        .min(0)
        .lt(1)
        .default(0)
        .describe('Probability of dropping a feature before the last linear layer.'),
      width: widthOption,
    },
    create: (options) => new IResNet(blocks, options),
  });

export const r10 = define('r10', [1, 1, 1, 1]);
export const r18 = define('r18', [2, 2, 2, 2]);
export const r34 = define('r34', [3, 4, 6, 3]);
export const r50 = define('r50', [3, 4, 14, 3]);
export const r100 = define('r100', [3, 13, 30, 3]);
