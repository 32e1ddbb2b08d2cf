import { nn, ops, type Tensor } from '@semblance/torch';
import { convBn, convBn1x1 } from '../backbones/blocks.ts';
import { addUpsampled, SSH } from './neck.ts';
import { AnchorHead, type RawDetections } from './retinaface.ts';

// N batch, C channels, A anchors of all levels; C2 … C5 and P2 … P6 are maps at strides 4 … 32 and 4 … 64

/** A body that gives maps at strides 4, 8, 16 and 32. */
export interface FourLevelBody {
  module: nn.Module & { levels(x_NCHW: Tensor): [Tensor, Tensor, Tensor, Tensor] };
  channels: readonly [number, number, number, number];
}

export interface PaperOptions {
  body: FourLevelBody;
  /** Channels of the pyramid. */
  outChannels: number;
  slope: number;
  anchorsPerCell: number;
}

/** Pyramid P2 to P6: laterals and sums from the top, a 3×3 merge of each sum, and P6 by a 3×3 with stride 2 on C5. */
export class FiveLevelPyramid extends nn.Module {
  laterals: nn.ModuleList;
  merges: nn.ModuleList;
  top: nn.Sequential;

  constructor(channels: readonly [number, number, number, number], outChannels: number, slope: number) {
    super();
    this.laterals = new nn.ModuleList(channels.map((c) => convBn1x1(c, outChannels, slope)));
    this.merges = new nn.ModuleList([0, 1, 2].map(() => convBn(outChannels, outChannels, 1, slope)));
    this.top = convBn(channels[3], outChannels, 2, slope);
  }

  forward(c: readonly [Tensor, Tensor, Tensor, Tensor]): Tensor[] {
    const lateral = (i: number) => this.laterals.at(i)!.forward(c[i]!) as Tensor;
    const merged = (i: number, coarse: Tensor) =>
      this.merges.at(i)!.forward(addUpsampled(lateral(i), coarse)) as Tensor;
    const p5 = lateral(3);
    const p4 = merged(2, p5);
    const p3 = merged(1, p4);
    return [merged(0, p3), p3, p4, p5, this.top.forward(c[3])];
  }
}

/**
 * RetinaFace as its paper has it: five levels with a context module each, and one set of heads for all of them.
 *
 * [N, 3, H, W] (B, G, R minus the mean; H and W multiples of 64) → offsets and logits of every anchor, in the
 * order level → row → column → size: 102,300 at 640 × 640. The paper's deformable convolutions in laterals and
 * contexts are plain 3×3 ones here.
 *
 * Deng et al., "RetinaFace" (2019).
 */
export class RetinaFacePaper extends nn.Module {
  body: FourLevelBody['module'];
  fpn: FiveLevelPyramid;
  contexts: nn.ModuleList;
  ClassHead: AnchorHead;
  BboxHead: AnchorHead;
  LandmarkHead: AnchorHead;

  constructor({ body, outChannels, slope, anchorsPerCell }: PaperOptions) {
    super();
    this.body = body.module;
    this.fpn = new FiveLevelPyramid(body.channels, outChannels, slope);
    this.contexts = new nn.ModuleList([2, 3, 4, 5, 6].map(() => new SSH(outChannels, slope)));
    this.ClassHead = new AnchorHead(outChannels, anchorsPerCell, 2);
    this.BboxHead = new AnchorHead(outChannels, anchorsPerCell, 4);
    this.LandmarkHead = new AnchorHead(outChannels, anchorsPerCell, 10);
  }

  forward(x_NCHW: Tensor): RawDetections {
    const features = this.fpn
      .forward(this.body.levels(x_NCHW))
      .map((level, i) => this.contexts.at(i)!.forward(level) as Tensor);
    const over = (head: AnchorHead) =>
      ops.cat(
        features.map((feature) => head.forward(feature)),
        1,
      );
    return {
      boxes: over(this.BboxHead),
      classes: over(this.ClassHead),
      landmarks: over(this.LandmarkHead),
    };
  }
}
