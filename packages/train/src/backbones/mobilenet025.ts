import { nn, type Tensor } from '@semblance/torch';
import { convBn, convDepthwise } from './blocks.ts';

/** Block of the first stage after which the map is at stride 4. */
const lastAtStride4 = 3;

/**
 * The body of RetinaFace's small detector: MobileNet-v1 at a quarter of its width.
 *
 * [N, 3, H, W] → maps at strides 8, 16 and 32 with 64, 128 and 256 channels; `levels` gives the one at stride 4 with
 * 32 besides. State dict keys are those of biubug6/Pytorch_Retinaface below `body.`.
 *
 * Howard et al., "MobileNets" (2017).
 *
 * @param slope of the leaky ReLU; 0.1 in the published weights, 0 in their 1MB variant
 */
export class MobileNet025 extends nn.Module {
  stage1: nn.Sequential;
  stage2: nn.Sequential;
  stage3: nn.Sequential;

  constructor({ slope = 0.1 }: { slope?: number } = {}) {
    super();
    this.stage1 = new nn.Sequential(
      convBn(3, 8, 2, slope),
      convDepthwise(8, 16, 1, slope),
      convDepthwise(16, 32, 2, slope),
      convDepthwise(32, 32, 1, slope),
      convDepthwise(32, 64, 2, slope),
      convDepthwise(64, 64, 1, slope),
    );
    this.stage2 = new nn.Sequential(
      convDepthwise(64, 128, 2, slope),
      ...Array.from({ length: 5 }, () => convDepthwise(128, 128, 1, slope)),
    );
    this.stage3 = new nn.Sequential(convDepthwise(128, 256, 2, slope), convDepthwise(256, 256, 1, slope));
  }

  forward(x_NCHW: Tensor): [Tensor, Tensor, Tensor] {
    const c3 = this.stage1.forward(x_NCHW); // [N, 64, H/8, W/8]
    const c4 = this.stage2.forward(c3); // [N, 128, H/16, W/16]
    return [c3, c4, this.stage3.forward(c4)]; // [N, 256, H/32, W/32]
  }

  levels(x_NCHW: Tensor): [Tensor, Tensor, Tensor, Tensor] {
    let x = x_NCHW;
    let c2 = x;
    for (const [i, [, block]] of this.stage1.namedChildren().entries()) {
      x = block.forward(x);
      if (i === lastAtStride4) c2 = x; // [N, 32, H/4, W/4]
    }
    const c4 = this.stage2.forward(x);
    return [c2, x, c4, this.stage3.forward(c4)];
  }
}
