import { nn, ops, type Tensor } from '@semblance/torch';
import { initWeights } from './blocks.ts';

/** 1×1 – 3×3 (stride) – 1×1 to four times the channels, plus the shortcut, then ReLU. */
class Bottleneck extends nn.Module {
  conv1: nn.Conv2d;
  bn1: nn.BatchNorm2d;
  conv2: nn.Conv2d;
  bn2: nn.BatchNorm2d;
  conv3: nn.Conv2d;
  bn3: nn.BatchNorm2d;
  downsample: nn.Sequential | null;

  constructor(inChannels: number, channels: number, stride: number) {
    super();
    const outChannels = channels * 4;
    this.conv1 = new nn.Conv2d(inChannels, channels, 1, { bias: false });
    this.bn1 = new nn.BatchNorm2d(channels);
    this.conv2 = new nn.Conv2d(channels, channels, 3, { stride, padding: 1, bias: false });
    this.bn2 = new nn.BatchNorm2d(channels);
    this.conv3 = new nn.Conv2d(channels, outChannels, 1, { bias: false });
    this.bn3 = new nn.BatchNorm2d(outChannels);
    this.downsample =
      stride === 1 && inChannels === outChannels
        ? null
        : new nn.Sequential(
            new nn.Conv2d(inChannels, outChannels, 1, { stride, bias: false }),
            new nn.BatchNorm2d(outChannels),
          );
  }

  forward(x: Tensor): Tensor {
    let out = ops.relu(this.bn1.forward(this.conv1.forward(x)));
    out = ops.relu(this.bn2.forward(this.conv2.forward(out)));
    out = this.bn3.forward(this.conv3.forward(out));
    return ops.relu(out.add_(this.downsample ? this.downsample.forward(x) : x));
  }
}

/**
 * The body of RetinaFace's large detector: ResNet-50 without its classifier.
 *
 * [N, 3, H, W] → maps at strides 8, 16 and 32 with 512, 1024 and 2048 channels; `levels` gives the one at stride 4
 * with 256 besides. State dict keys are torchvision's, so that its ImageNet weights load.
 *
 * He et al., "Deep Residual Learning" (2015), with the stride in the 3×3 convolution.
 */
export class ResNet50 extends nn.Module {
  conv1: nn.Conv2d;
  bn1: nn.BatchNorm2d;
  layer1: nn.Sequential;
  layer2: nn.Sequential;
  layer3: nn.Sequential;
  layer4: nn.Sequential;

  constructor() {
    super();
    this.conv1 = new nn.Conv2d(3, 64, 7, { stride: 2, padding: 3, bias: false });
    this.bn1 = new nn.BatchNorm2d(64);
    this.layer1 = stage(64, 64, 3, 1);
    this.layer2 = stage(256, 128, 4, 2);
    this.layer3 = stage(512, 256, 6, 2);
    this.layer4 = stage(1024, 512, 3, 2);
    initWeights(this, (weight) => nn.init.kaimingNormal(weight, { mode: 'fanOut' }));
  }

  forward(x_NCHW: Tensor): [Tensor, Tensor, Tensor] {
    const [, c3, c4, c5] = this.levels(x_NCHW);
    return [c3, c4, c5];
  }

  levels(x_NCHW: Tensor): [Tensor, Tensor, Tensor, Tensor] {
    const stem = ops.relu(this.bn1.forward(this.conv1.forward(x_NCHW))); // [N, 64, H/2, W/2]
    const c2 = this.layer1.forward(ops.max_pool2d(stem, [3, 3], [2, 2], [1, 1])); // [N, 256, H/4, W/4]
    const c3 = this.layer2.forward(c2); // [N, 512, H/8, W/8]
    const c4 = this.layer3.forward(c3); // [N, 1024, H/16, W/16]
    return [c2, c3, c4, this.layer4.forward(c4)]; // [N, 2048, H/32, W/32]
  }
}

function stage(inChannels: number, channels: number, numBlocks: number, stride: number): nn.Sequential {
  const blocks = Array.from({ length: numBlocks }, (_, i) =>
    i === 0 ? new Bottleneck(inChannels, channels, stride) : new Bottleneck(channels * 4, channels, 1),
  );
  return new nn.Sequential(...blocks);
}
