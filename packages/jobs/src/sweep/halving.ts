import { SemblanceError } from '../error.ts';
import type { Version } from '../model.ts';

/**
 * Successive halving: all candidates begin with a small budget, the best `1 / eta` of them go on with `eta` times as
 * much, until the largest budget (Jamieson and Talwalkar, 2016).
 */
export interface Halving {
  /** The parameter that is the budget, such as `epochs`. */
  parameter: string;
  min: number;
  max: number;
  eta: number;
  metric: string;
  mode: 'max' | 'min';
  /** Whether those that go on start from the weights they have reached. */
  isContinued: boolean;
}

/** @throws SemblanceError USAGE_INVALID_VALUE for budgets that do not rise from above 0 */
export function checkHalving({ parameter, min, max, eta }: Halving): void {
  if (min > 0 && min < max && eta > 1) return;
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `expected a budget that rises from above 0, such as ${parameter} from 1 to 9 with eta 3, but received ${min} to ${max} with eta ${eta}`,
  );
}

/** The budgets, rung by rung: min, min × eta, … up to max. */
export function budgetsOf({ min, max, eta }: Pick<Halving, 'min' | 'max' | 'eta'>): number[] {
  const budgets: number[] = [];
  for (let budget = min; budget <= max * (1 + 1e-9); budget *= eta)
    budgets.push(Number(budget.toPrecision(6)));
  return budgets;
}

/** How many of `numCandidates` begin rung `rung`. */
export const sizeOfRung = (numCandidates: number, eta: number, rung: number): number =>
  Math.max(1, Math.floor(numCandidates / eta ** rung));

/**
 * Those of a rung that go on, the best first: completed, with the metric, at most `count`. Of equals the one that was
 * made first.
 */
export function survivors(
  rung: readonly Version[],
  { metric, mode }: Pick<Halving, 'metric' | 'mode'>,
  count: number,
): Version[] {
  const sign = mode === 'max' ? -1 : 1;
  return rung
    .filter((version) => version.state === 'completed' && Number.isFinite(version.metrics[metric]?.value))
    .sort((a, b) => sign * (a.metrics[metric]!.value - b.metrics[metric]!.value) || a.id - b.id)
    .slice(0, count);
}
