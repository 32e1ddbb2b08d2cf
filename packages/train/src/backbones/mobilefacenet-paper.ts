import { nn, ops, type Tensor } from '@semblance/torch';
import { initWeights, ReLU6, scaleChannels } from './blocks.ts';

// N batch, C channels, H = W map, D embedding

export interface PaperMobileFaceNetOptions {
  /** Side of the square input in pixels, a multiple of 16. */
  inputSize: number;
  embeddingSize: number;
  /** Factor on every channel count; 1 is the paper's network. */
  width: number;
}

export const paperMobileFaceNetDefaults: PaperMobileFaceNetOptions = {
  inputSize: 112,
  embeddingSize: 128,
  width: 1,
};

function convBnRelu6(inChannels: number, outChannels: number, kernel: number, stride = 1, groups = 1): nn.Sequential {
  return new nn.Sequential(
    new nn.Conv2d(inChannels, outChannels, kernel, { stride, padding: (kernel - 1) / 2, groups, bias: false }),
    new nn.BatchNorm2d(outChannels),
    new ReLU6(),
  );
}

class DepthwiseSeparableConv extends nn.Module {
  depthwise: nn.Conv2d;
  pointwise: nn.Conv2d;
  bn1: nn.BatchNorm2d;
  bn2: nn.BatchNorm2d;

  constructor(inChannels: number, outChannels: number) {
    super();
    this.depthwise = new nn.Conv2d(inChannels, inChannels, 3, { padding: 1, groups: inChannels, bias: false });
    this.pointwise = new nn.Conv2d(inChannels, outChannels, 1, { bias: false });
    this.bn1 = new nn.BatchNorm2d(inChannels);
    this.bn2 = new nn.BatchNorm2d(outChannels);
  }

  forward(x: Tensor): Tensor {
    const out = ops.relu(this.bn1.forward(this.depthwise.forward(x)));
    return ops.relu(this.bn2.forward(this.pointwise.forward(out)));
  }
}

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

  constructor(inChannels: number, outChannels: number, stride: number, expansion: number) {
    super();
    const hidden = inChannels * expansion;
    this.hasShortcut = stride === 1 && inChannels === outChannels;
    this.conv = new nn.Sequential(
      convBnRelu6(inChannels, hidden, 1),
      convBnRelu6(hidden, hidden, 3, stride, hidden),
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
 * MobileFaceNet as in its paper, with ReLU6 for PReLU as foamliu trained it; about 1.0 M parameters, 0.22 GMACs.
 *
 * [N, 3, S, S] → [N, D], not normalised. State dict keys are those of foamliu/MobileFaceNet.
 *
 * Chen et al., "MobileFaceNets" (2018).
 */
export class PaperMobileFaceNet extends nn.Module {
  conv1: nn.Sequential;
  dw_conv: DepthwiseSeparableConv;
  features: nn.Sequential;
  conv2: nn.Sequential;
  gdconv: GDConv;
  conv3: nn.Conv2d;
  bn: nn.BatchNorm2d;

  constructor(options: Partial<PaperMobileFaceNetOptions> = {}) {
    super();
    const { inputSize, embeddingSize, width } = { ...paperMobileFaceNetDefaults, ...options };
    let channels = scaleChannels(64, width);
    this.conv1 = convBnRelu6(3, channels, 3, 2);
    this.dw_conv = new DepthwiseSeparableConv(channels, channels);
    const blocks: nn.Module[] = [];
    for (const [expansion, base, repeats, stride] of stages) {
      const outChannels = scaleChannels(base, width);
      for (let i = 0; i < repeats; i++) {
        blocks.push(new InvertedResidual(channels, outChannels, i === 0 ? stride : 1, expansion));
        channels = outChannels;
      }
    }
    this.features = new nn.Sequential(...blocks);
    const last = scaleChannels(512, width);
    this.conv2 = convBnRelu6(channels, last, 1);
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
