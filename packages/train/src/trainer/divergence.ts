import { SemblanceError } from '../error.ts';
import type { StepResult } from './update.ts';

/**
 * The error of a step whose loss is not finite.
 *
 * @param cause in words, as `findCause` gives it
 */
export function lossDiverged(step: number, { loss, metrics, lr }: StepResult, cause: string): SemblanceError {
  const parts = Object.keys(metrics).filter((name) => !Number.isFinite(metrics[name]));
  const named = parts.length > 0 ? ` (${parts.join(', ')})` : '';
  return diverged(step, lr, `the loss${named} became ${loss}`, cause);
}

/**
 * The error of a step after which a weight is not finite.
 *
 * @param weight its name; null where it is another rank's
 */
export function weightDiverged(step: number, { lr }: StepResult, weight: string | null): SemblanceError {
  const cause = 'this step, or one since the last checkpoint, made it so';
  return diverged(step, lr, `${weight ?? 'a weight'} is not finite`, cause);
}

/** The error of a step whose gradients overflow float16 however small the loss is made. */
export function gradientDiverged(step: number, { lr }: StepResult): SemblanceError {
  return diverged(step, lr, 'a gradient is not finite', 'float16 overflows even without scaling the loss up');
}

function diverged(step: number, lr: number, what: string, cause: string): SemblanceError {
  const message = `${what} at step ${step}: ${cause}; lower lr (now ${lr}), raise warmup or set clipNorm`;
  return new SemblanceError('TRAIN_DIVERGED', message, { details: { step, lr, cause } });
}
