import { full } from '../create.ts';
import { noGrad } from '../grad-mode.ts';
import type { Parameter } from '../nn/module.ts';
import { ops } from '../ops.ts';
import { persistent, scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';

export interface GradScalerOptions {
  initScale?: number;
  growthFactor?: number;
  backoffFactor?: number;
  /** Steps without an overflow after which the scale grows. */
  growthInterval?: number;
  device?: string;
  enabled?: boolean;
}

/** What an optimizer has to be for a {@link GradScaler}. */
export interface ScalableOptimizer {
  readonly groups: readonly { params: Parameter[] }[];
  step(): void;
}

/**
 * Keeps small float16 gradients from vanishing: the loss is multiplied by a scale, gradients are divided by it
 * before the step, a step whose gradients overflowed is left out and the scale made smaller
 * (Micikevicius et al., Mixed Precision Training, 2018).
 *
 * @example
 * ```ts
 * import { GradScaler, nn, optim, randn } from '@semblance/torch';
 *
 * const model = new nn.Linear(4, 1);
 * const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 });
 * const scaler = new GradScaler();
 * const loss = model.forward(randn([8, 4])).pow(2).mean();
 * scaler.scale(loss).backward();
 * scaler.step(optimizer);
 * scaler.update();
 * ```
 */
export class GradScaler {
  private readonly options: Required<GradScalerOptions>;
  private readonly scaleTensor: Tensor;
  private readonly growthTracker: Tensor;
  private readonly foundInf: Tensor;
  private readonly unscaled = new Set<ScalableOptimizer>();

  constructor(options: GradScalerOptions = {}) {
    this.options = {
      initScale: 65536,
      growthFactor: 2,
      backoffFactor: 0.5,
      growthInterval: 2000,
      device: 'cpu',
      enabled: true,
      ...options,
    };
    const { initScale, device } = this.options;
    this.scaleTensor = persistent(() => full([1], initScale, { device }));
    this.growthTracker = persistent(() => full([1], 0, { dtype: 'int32', device }));
    this.foundInf = persistent(() => full([1], 0, { device }));
  }

  /** loss · scale */
  scale(loss: Tensor): Tensor {
    return this.options.enabled ? loss.mul(this.scaleTensor.squeeze()) : loss;
  }

  getScale(): number {
    return this.options.enabled ? this.scaleTensor.item() : 1;
  }

  /** Divides the gradients by the scale, e.g. before clipping them; `step` does so where this was not called. */
  unscale(optimizer: ScalableOptimizer): void {
    if (!this.options.enabled || this.unscaled.has(optimizer)) return;
    this.unscaled.add(optimizer);
    using _ = scope();
    noGrad(() => {
      const gradients = optimizer.groups.flatMap(({ params }) =>
        params.flatMap((parameter) => parameter.value.grad ?? []),
      );
      if (gradients.length === 0) return;
      if (this.options.device !== 'cpu') {
        const inverse = this.scaleTensor.reciprocal();
        ops._amp_foreach_non_finite_check_and_unscale_(gradients, this.foundInf, inverse);
        return;
      }
      // libtorch has its fused check for CUDA only.
      ops._foreach_mul_(gradients, 1 / this.scaleTensor.item());
      const norms = ops.stack(ops._foreach_norm(gradients));
      this.foundInf.add_(norms.isfinite().all().logical_not().to('float32'));
    });
  }

  /** One step of the optimizer, unless a gradient is infinite or NaN. @returns whether it was taken */
  step(optimizer: ScalableOptimizer): boolean {
    this.unscale(optimizer);
    const fits = !this.options.enabled || this.foundInf.item() === 0;
    if (fits) optimizer.step();
    return fits;
  }

  /** Once an iteration: a smaller scale after an overflow, a larger one after many steps without. */
  update(): void {
    if (!this.options.enabled) return;
    const { growthFactor, backoffFactor, growthInterval } = this.options;
    noGrad(() => {
      if (this.foundInf.item() !== 0) {
        this.scaleTensor.mul_(backoffFactor);
        this.growthTracker.zero_();
      } else {
        this.growthTracker.add_(1);
        if (this.growthTracker.item() >= growthInterval) {
          this.scaleTensor.mul_(growthFactor);
          this.growthTracker.zero_();
        }
      }
      this.foundInf.zero_();
    });
    this.unscaled.clear();
  }

  stateDict(): { scale: number; growthTracker: number } {
    return { scale: this.scaleTensor.item(), growthTracker: this.growthTracker.item() };
  }

  loadStateDict(state: { scale: number; growthTracker: number }): void {
    this.scaleTensor.fill_(state.scale);
    this.growthTracker.fill_(state.growthTracker);
  }

  dispose(): void {
    for (const tensor of [this.scaleTensor, this.growthTracker, this.foundInf]) tensor.dispose();
  }
}
