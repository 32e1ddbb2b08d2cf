import { noGrad } from '../grad-mode.ts';
import type { Parameter } from '../nn/module.ts';
import { ops } from '../ops.ts';
import { scope } from '../scope.ts';

/**
 * Scales all gradients by maxNorm / ‖g‖₂ where their common norm exceeds maxNorm; no value is read back.
 *
 * Non-finite norms leave non-finite gradients: a watchdog on the loss sees them.
 */
export function clipGradNorm(params: Parameter[], maxNorm: number): void {
  using _ = scope();
  noGrad(() => {
    const gradients = params.flatMap((parameter) => parameter.value.grad ?? []);
    if (gradients.length === 0) return;
    const norm = ops.stack(ops._foreach_norm(gradients)).norm();
    const factor = norm.add(1e-6).reciprocal().mul(maxNorm).clamp(null, 1);
    for (const gradient of gradients) gradient.mul_(factor);
  });
}
