import { nn, type Tensor } from '@semblance/torch';
import { defineBackbone, sizeOptions, widthOption } from './backbone.ts';
import { FusedSequential, initWeights, scaleChannels } from './blocks.ts';

// N batch, C channels, H = W map, D embedding

interface MobileFaceNetOptions {
  inputSize: number;
  embeddingSize: number;
  width: number;
}

interface ConvOptions {
  kernel?: number;
  stride?: number;
  padding?: number;
  groups?: number;
}

/** Convolution, batch norm, PReLU. */
class ConvBlock extends nn.Module {
  layers: nn.Sequential;

  constructor(inChannels: number, outChannels: number, { kernel = 1, ...options }: ConvOptions = {}) {
    super();
    this.layers = new FusedSequential(
      new nn.Conv2d(inChannels, outChannels, kernel, { ...options, bias: false }),
      new nn.BatchNorm2d(outChannels),
      new nn.PReLU(outChannels),
    );
  }

  forward(x: Tensor): Tensor {
    return this.layers.forward(x);
  }
}

/** Convolution and batch norm. */
class LinearBlock extends nn.Module {
  layers: nn.Sequential;

  constructor(inChannels: number, outChannels: number, { kernel = 1, ...options }: ConvOptions = {}) {
    super();
    this.layers = new nn.Sequential(
      new nn.Conv2d(inChannels, outChannels, kernel, { ...options, bias: false }),
      new nn.BatchNorm2d(outChannels),
    );
  }

  forward(x: Tensor): Tensor {
    return this.layers.forward(x);
  }
}

/** Expand 1×1 – depthwise 3×3 – project 1×1, with a shortcut where the shape stays. */
class DepthWise extends nn.Module {
  layers: nn.Sequential;
  private readonly hasShortcut: boolean;

  constructor(inChannels: number, outChannels: number, hidden: number, stride: number, hasShortcut: boolean) {
    super();
    this.hasShortcut = hasShortcut;
    this.layers = new nn.Sequential(
      new ConvBlock(inChannels, hidden),
      new ConvBlock(hidden, hidden, { kernel: 3, stride, padding: 1, groups: hidden }),
      new LinearBlock(hidden, outChannels),
    );
  }

  forward(x: Tensor): Tensor {
    const out = this.layers.forward(x);
    return this.hasShortcut ? out.add_(x) : out;
  }
}

class Residual extends nn.Module {
  layers: nn.Sequential;

  constructor(channels: number, numBlocks: number, hidden: number) {
    super();
    const block = () => new DepthWise(channels, channels, hidden, 1, true);
    this.layers = new nn.Sequential(...Array.from({ length: numBlocks }, block));
  }

  forward(x: Tensor): Tensor {
    return this.layers.forward(x);
  }
}

/** Global depthwise convolution: one learned weighting of the positions for each channel. */
class GDC extends nn.Module {
  layers: nn.Sequential;

  constructor(channels: number, mapSize: number, embeddingSize: number) {
    super();
    this.layers = new nn.Sequential(
      new LinearBlock(channels, channels, { kernel: mapSize, groups: channels }),
      new nn.Flatten(),
      new nn.Linear(channels, embeddingSize, { bias: false }),
      new nn.BatchNorm1d(embeddingSize),
    );
  }

  forward(x: Tensor): Tensor {
    return this.layers.forward(x);
  }
}

/**
 * MobileFaceNet at twice its paper's width, as insightface trains it ("mbf"); 2.06 M parameters, 0.44 GMACs.
 *
 * [N, 3, S, S] → [N, D], not normalised. State dict keys are those of arcface_torch, and so is a quirk of it:
 * the second convolution has half as many groups as channels, where the paper has a depthwise one.
 *
 * Chen et al., "MobileFaceNets" (2018).
 */
class MobileFaceNet extends nn.Module {
  layers: nn.ModuleList;
  conv_sep: ConvBlock;
  features: GDC;

  constructor({ inputSize, embeddingSize, width }: MobileFaceNetOptions) {
    super();
    const c128 = scaleChannels(128, width);
    const c256 = scaleChannels(256, width);
    const c512 = scaleChannels(512, width);
    this.layers = new nn.ModuleList([
      new ConvBlock(3, c128, { kernel: 3, stride: 2, padding: 1 }),
      new ConvBlock(c128, c128, { kernel: 3, padding: 1, groups: c128 / 2 }),
      new DepthWise(c128, c128, c128, 2, false),
      new Residual(c128, 4, c128),
      new DepthWise(c128, c256, c256, 2, false),
      new Residual(c256, 6, c256),
      new DepthWise(c256, c256, c512, 2, false),
      new Residual(c256, 2, c256),
    ]);
    this.conv_sep = new ConvBlock(c256, c512);
    this.features = new GDC(c512, inputSize / 16, embeddingSize);
    initWeights(this, (weight) => nn.init.kaimingNormal(weight, { mode: 'fanOut' }));
  }

  forward(x_NCHW: Tensor): Tensor {
    let x = x_NCHW;
    for (const layer of this.layers) x = layer.forward(x); // [N, 256, S/16, S/16]
    return this.features.forward(this.conv_sep.forward(x)); // [N, 512, S/16, S/16] → [N, D]
  }
}

export const mbf = defineBackbone({
  name: 'mbf',
  options: { ...sizeOptions(512), width: widthOption },
  create: (options) => new MobileFaceNet(options),
});
