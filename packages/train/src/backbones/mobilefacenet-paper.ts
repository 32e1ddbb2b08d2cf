import { nn, ops, type Tensor } from '@semblance/torch';
import { z } from 'zod';
import { defineBackbone, sizeOptions, widthOption } from './backbone.ts';
import { FusedSequential, initWeights, ReLU6, scaleChannels } from './blocks.ts';

// N batch, C channels, H = W map, D embedding

interface PaperMobileFaceNetOptions {
  inputSize: number;
  embeddingSize: number;
  width: number;
  activation: 'prelu' | 'relu6';
}

type Activation = (channels: number) => nn.Module;

/** Activations of the hidden layers by name; the first separable convolution has plain ReLU for `relu6`. */
const activations: Record<'prelu' | 'relu6', { hidden: Activation; first: Activation }> = {
  prelu: { hidden: (channels) => new nn.PReLU(channels), first: (channels) => new nn.PReLU(channels) },
  relu6: { hidden: () => new ReLU6(), first: () => new nn.ReLU() },
};

interface ConvOptions {
  stride?: number;
  groups?: number;
}

function convBnAct(
  inChannels: number,
  outChannels: number,
  kernel: number,
  activation: Activation,
  options: ConvOptions = {},
): nn.Sequential {
  return new FusedSequential(
    new nn.Conv2d(inChannels, outChannels, kernel, { ...options, padding: (kernel - 1) / 2, bias: false }),
    new nn.BatchNorm2d(outChannels),
    activation(outChannels),
  );
}

class DepthwiseSeparableConv extends nn.Module {
  depthwise: nn.Conv2d;
  pointwise: nn.Conv2d;
  bn1: nn.BatchNorm2d;
  bn2: nn.BatchNorm2d;
  relu1: nn.SlopedActivation;
  relu2: nn.SlopedActivation;

  constructor(inChannels: number, outChannels: number, activation: Activation) {
    super();
    this.depthwise = new nn.Conv2d(inChannels, inChannels, 3, {
      padding: 1,
      groups: inChannels,
      bias: false,
    });
    this.pointwise = new nn.Conv2d(inChannels, outChannels, 1, { bias: false });
    this.bn1 = new nn.BatchNorm2d(inChannels);
    this.bn2 = new nn.BatchNorm2d(outChannels);
    this.relu1 = activation(inChannels) as nn.SlopedActivation;
    this.relu2 = activation(outChannels) as nn.SlopedActivation;
  }

  forward(x: Tensor): Tensor {
    const out = nn.normActivation(this.bn1, this.relu1, this.depthwise.forward(x));
    return nn.normActivation(this.bn2, this.relu2, this.pointwise.forward(out));
  }
}

/** Global depthwise convolution: one learned weighting of the positions for each channel. */
class GDConv extends nn.Module {
  depthwise: nn.Conv2d;
  bn: nn.BatchNorm2d;

  constructor(channels: number, mapSize: number) {
    super();
    this.depthwise = new nn.Conv2d(channels, channels, mapSize, { groups: channels, bias: false });
    this.bn = new nn.BatchNorm2d(channels);
  }

  forward(x: Tensor): Tensor {
    return this.bn.forward(this.depthwise.forward(x));
  }
}

/** Expand 1×1 – depthwise 3×3 – project 1×1, with a shortcut where the shape stays. */
class InvertedResidual extends nn.Module {
  conv: nn.Sequential;
  private readonly hasShortcut: boolean;

  constructor(
    inChannels: number,
    outChannels: number,
    stride: number,
    expansion: number,
    activation: Activation,
  ) {
    super();
    const hidden = inChannels * expansion;
    this.hasShortcut = stride === 1 && inChannels === outChannels;
    this.conv = new nn.Sequential(
      convBnAct(inChannels, hidden, 1, activation),
      convBnAct(hidden, hidden, 3, activation, { stride, groups: hidden }),
      new nn.Conv2d(hidden, outChannels, 1, { bias: false }),
      new nn.BatchNorm2d(outChannels),
    );
  }

  forward(x: Tensor): Tensor {
    const out = this.conv.forward(x);
    return this.hasShortcut ? out.add_(x) : out;
  }
}

/** Expansion, channels, repeats, stride of the first: table 1 of the paper. */
const stages = [
  [2, 64, 5, 2],
  [4, 128, 1, 2],
  [2, 128, 6, 1],
  [4, 128, 1, 2],
  [2, 128, 2, 1],
] as const;

/**
 * MobileFaceNet as in its paper: 1.0 M parameters, 0.22 GMACs, half of what insightface's "mbf" has.
 *
 * [N, 3, S, S] → [N, D], not normalised. State dict keys are those of foamliu/MobileFaceNet.
 *
 * Chen et al., "MobileFaceNets" (2018).
 */
class PaperMobileFaceNet extends nn.Module {
  conv1: nn.Sequential;
  dw_conv: DepthwiseSeparableConv;
  features: nn.Sequential;
  conv2: nn.Sequential;
  gdconv: GDConv;
  conv3: nn.Conv2d;
  bn: nn.BatchNorm2d;

  constructor({ inputSize, embeddingSize, width, activation }: PaperMobileFaceNetOptions) {
    super();
    const { hidden, first } = activations[activation];
    let channels = scaleChannels(64, width);
    this.conv1 = convBnAct(3, channels, 3, hidden, { stride: 2 });
    this.dw_conv = new DepthwiseSeparableConv(channels, channels, first);
    const blocks: nn.Module[] = [];
    for (const [expansion, base, repeats, stride] of stages) {
      const outChannels = scaleChannels(base, width);
      for (let i = 0; i < repeats; i++) {
        blocks.push(new InvertedResidual(channels, outChannels, i === 0 ? stride : 1, expansion, hidden));
        channels = outChannels;
      }
    }
    this.features = new nn.Sequential(...blocks);
    const last = scaleChannels(512, width);
    this.conv2 = convBnAct(channels, last, 1, hidden);
    this.gdconv = new GDConv(last, inputSize / 16);
    this.conv3 = new nn.Conv2d(last, embeddingSize, 1);
    this.bn = new nn.BatchNorm2d(embeddingSize);
    initWeights(this, (weight) => nn.init.kaimingNormal(weight, { mode: 'fanOut' }));
  }

  forward(x_NCHW: Tensor): Tensor {
    let x = this.dw_conv.forward(this.conv1.forward(x_NCHW)); // [N, 64, S/2, S/2]
    x = this.conv2.forward(this.features.forward(x)); // [N, 512, S/16, S/16]
    x = this.bn.forward(this.conv3.forward(this.gdconv.forward(x))); // [N, D, 1, 1]
    return ops.flatten(x, 1); // [N, D]
  }
}

export const mbfPaper = defineBackbone({
  name: 'mbf-paper',
  options: {
    ...sizeOptions(128),
    width: widthOption,
    activation: z
      .enum(['prelu', 'relu6'])
      .default('prelu')
      .describe("`prelu` as in the paper, or `relu6` as in foamliu's published weights."),
  },
  create: (options) => new PaperMobileFaceNet(options),
});
