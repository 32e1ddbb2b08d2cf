import { nn, ops, type Tensor } from '@semblance/torch';
import { convBn, convBn1x1, convBnLinear } from '../backbones/blocks.ts';

// N batch, C channels; P3, P4, P5 are maps at strides 8, 16, 32

/** Feature pyramid: 1×1 laterals, nearest upsampling and sums from the top, 3×3 merges on P3 and P4. */
export class FPN extends nn.Module {
  output1: nn.Sequential;
  output2: nn.Sequential;
  output3: nn.Sequential;
  merge1: nn.Sequential;
  merge2: nn.Sequential;

  constructor([c3, c4, c5]: readonly [number, number, number], channels: number, slope: number) {
    super();
    this.output1 = convBn1x1(c3, channels, slope);
    this.output2 = convBn1x1(c4, channels, slope);
    this.output3 = convBn1x1(c5, channels, slope);
    this.merge1 = convBn(channels, channels, 1, slope);
    this.merge2 = convBn(channels, channels, 1, slope);
  }

  forward([c3, c4, c5]: readonly [Tensor, Tensor, Tensor]): [Tensor, Tensor, Tensor] {
    const p5 = this.output3.forward(c5);
    const p4 = this.merge2.forward(addUpsampled(this.output2.forward(c4), p5));
    const p3 = this.merge1.forward(addUpsampled(this.output1.forward(c3), p4));
    return [p3, p4, p5];
  }
}

/** fine + coarse at its size, nearest. */
export function addUpsampled(fine: Tensor, coarse: Tensor): Tensor {
  const [, , height, width] = fine.shape as [number, number, number, number];
  return fine.add(ops.upsample_nearest2d(coarse, [height, width]));
}

/** Context module: receptive fields of 3×3, 5×5 and 7×7 side by side. [N, C, H, W] → [N, C, H, W]. */
export class SSH extends nn.Module {
  conv3X3: nn.Sequential;
  conv5X5_1: nn.Sequential;
  conv5X5_2: nn.Sequential;
  conv7X7_2: nn.Sequential;
  conv7x7_3: nn.Sequential;

  constructor(channels: number, slope: number) {
    super();
    const quarter = channels / 4;
    this.conv3X3 = convBnLinear(channels, channels / 2);
    this.conv5X5_1 = convBn(channels, quarter, 1, slope);
    this.conv5X5_2 = convBnLinear(quarter, quarter);
    this.conv7X7_2 = convBn(quarter, quarter, 1, slope);
    this.conv7x7_3 = convBnLinear(quarter, quarter);
  }

  forward(x: Tensor): Tensor {
    const shared = this.conv5X5_1.forward(x);
    const field3 = this.conv3X3.forward(x);
    const field5 = this.conv5X5_2.forward(shared);
    const field7 = this.conv7x7_3.forward(this.conv7X7_2.forward(shared));
    return ops.relu(ops.cat([field3, field5, field7], 1));
  }
}
