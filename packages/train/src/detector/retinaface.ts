import { nn, ops, type Tensor } from '@semblance/torch';
import { FPN, SSH } from './neck.ts';

// N batch, A anchors of all levels

/** A body that gives maps at strides 8, 16 and 32. */
export interface DetectorBody {
  module: nn.Module;
  /** Channels of the three maps. */
  channels: readonly [number, number, number];
}

export interface RetinaFaceOptions {
  body: DetectorBody;
  /** Channels of the pyramid: 64 for MobileNet-0.25, 256 for ResNet-50. */
  outChannels: number;
  /** Slope of the neck's leaky ReLUs. */
  slope: number;
  anchorsPerCell: number;
}

/** What the heads give, before softmax and decoding. */
export interface RawDetections {
  /** Box offsets [N, A, 4]. */
  boxes: Tensor;
  /** Logits of background and face [N, A, 2]. */
  classes: Tensor;
  /** Landmark offsets [N, A, 10]. */
  landmarks: Tensor;
}

/** 1×1 convolution to `values` numbers for each anchor of each cell: [N, C, H, W] → [N, H·W·anchors, values]. */
export class AnchorHead extends nn.Module {
  conv1x1: nn.Conv2d;
  private readonly values: number;

  constructor(channels: number, anchorsPerCell: number, values: number) {
    super();
    this.values = values;
    this.conv1x1 = new nn.Conv2d(channels, anchorsPerCell * values, 1);
  }

  forward(x: Tensor): Tensor {
    const out = this.conv1x1.forward(x).permute([0, 2, 3, 1]).contiguous();
    return out.view([out.shape[0]!, -1, this.values]);
  }
}

/**
 * RetinaFace: body → feature pyramid → context modules → heads on three levels.
 *
 * [N, 3, H, W] (B, G, R minus the mean; H and W multiples of 32) → offsets and logits of every anchor, in the
 * order level → row → column → size. State dict keys are those of biubug6/Pytorch_Retinaface.
 *
 * Deng et al., "RetinaFace" (2019).
 */
export class RetinaFace extends nn.Module {
  body: nn.Module;
  fpn: FPN;
  ssh1: SSH;
  ssh2: SSH;
  ssh3: SSH;
  ClassHead: nn.ModuleList;
  BboxHead: nn.ModuleList;
  LandmarkHead: nn.ModuleList;

  constructor({ body, outChannels, slope, anchorsPerCell }: RetinaFaceOptions) {
    super();
    this.body = body.module;
    this.fpn = new FPN(body.channels, outChannels, slope);
    this.ssh1 = new SSH(outChannels, slope);
    this.ssh2 = new SSH(outChannels, slope);
    this.ssh3 = new SSH(outChannels, slope);
    const heads = (values: number) =>
      new nn.ModuleList([1, 2, 3].map(() => new AnchorHead(outChannels, anchorsPerCell, values)));
    this.ClassHead = heads(2);
    this.BboxHead = heads(4);
    this.LandmarkHead = heads(10);
  }

  forward(x_NCHW: Tensor): RawDetections {
    const [p3, p4, p5] = this.fpn.forward(this.body.forward(x_NCHW));
    const features = [this.ssh1.forward(p3), this.ssh2.forward(p4), this.ssh3.forward(p5)];
    const over = (heads: nn.ModuleList) =>
      ops.cat(
        features.map((feature, level) => heads.at(level)!.forward(feature) as Tensor),
        1,
      );
    return {
      boxes: over(this.BboxHead),
      classes: over(this.ClassHead),
      landmarks: over(this.LandmarkHead),
    };
  }
}

/** A network of this family: a body that may be frozen, and raw detections. */
export interface DetectorNetwork extends nn.Module {
  body: nn.Module;
  forward(x_NCHW: Tensor): RawDetections;
}

/** The detector as it is deployed: offsets, softmax probabilities, offsets. */
export class RetinaFaceInference extends nn.Module {
  network: DetectorNetwork;

  constructor(network: DetectorNetwork) {
    super();
    this.network = network;
  }

  forward(x_NCHW: Tensor): [Tensor, Tensor, Tensor] {
    const { boxes, classes, landmarks } = this.network.forward(x_NCHW);
    return [boxes, ops.softmax(classes, -1), landmarks];
  }
}
