/** A learning rate's factor at a step, counted from 0: a pure function, so that a resumed run needs no state. */
export type Schedule = (step: number) => number;

export const constant = (): Schedule => () => 1;

/** Multiplies by `gamma` at each milestone passed. */
export const multiStep =
  ({ milestones, gamma = 0.1 }: { milestones: readonly number[]; gamma?: number }): Schedule =>
  (step) =>
    gamma ** milestones.filter((milestone) => step >= milestone).length;

/** (1 − step / totalSteps)^power, 0 from the end on. */
export const polynomial =
  ({ totalSteps, power = 1 }: { totalSteps: number; power?: number }): Schedule =>
  (step) =>
    (1 - Math.min(step / totalSteps, 1)) ** power;

/** Half a cosine from 1 to `floor` (Loshchilov and Hutter 2017). */
export const cosine =
  ({ totalSteps, floor = 0 }: { totalSteps: number; floor?: number }): Schedule =>
  (step) =>
    floor + ((1 - floor) * (1 + Math.cos(Math.PI * Math.min(step / totalSteps, 1)))) / 2;

/** Rises linearly over `warmupSteps`, then follows `after` from its own step 0. */
export const warmup =
  ({ warmupSteps, after }: { warmupSteps: number; after: Schedule }): Schedule =>
  (step) =>
    step < warmupSteps ? (step + 1) / warmupSteps : after(step - warmupSteps);

/** Multiplies by `gamma` after every `stepSize` steps: gamma^⌊step / stepSize⌋, PyTorch's StepLR. */
export const step =
  ({ stepSize, gamma = 0.1 }: { stepSize: number; gamma?: number }): Schedule =>
  (at) =>
    gamma ** Math.floor(at / stepSize);

/** gamma^step. */
export const exponential =
  ({ gamma }: { gamma: number }): Schedule =>
  (at) =>
    gamma ** at;

export interface OneCycleOptions {
  totalSteps: number;
  /** The share of the steps in which the rate rises (PyTorch's `pct_start`). */
  warmupShare?: number;
  /** The rate starts at 1 / startDivisor of its height (`div_factor`) … */
  startDivisor?: number;
  /** … and ends at 1 / endDivisor of its start (`final_div_factor`). */
  endDivisor?: number;
  /** The way up and down: half cosines, or straight lines. */
  anneal?: 'cosine' | 'linear';
}

/** Up to 1 and down to next to nothing (Smith and Topin 2017), PyTorch's OneCycleLR of two phases. */
export function oneCycle(options: OneCycleOptions): Schedule {
  const { totalSteps, warmupShare = 0.3, startDivisor = 25, endDivisor = 1e4, anneal = 'cosine' } = options;
  const start = 1 / startDivisor;
  const end = start / endDivisor;
  const top = warmupShare * totalSteps - 1;
  const between = (from: number, to: number, share: number) =>
    anneal === 'linear'
      ? from + (to - from) * share
      : to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
  return (at) =>
    at <= top
      ? between(start, 1, at / top)
      : between(1, end, Math.min(1, (at - top) / (totalSteps - 1 - top)));
}

export interface PlateauOptions {
  /** Whether smaller values are better, as of a loss, or larger ones. */
  mode?: 'min' | 'max';
  factor?: number;
  /** Values without improvement that are borne before the rate is cut. */
  patience?: number;
  /** What counts as improvement: a share of the best value, or an amount. */
  threshold?: number;
  thresholdMode?: 'relative' | 'absolute';
  /** Values after a cut that are not counted. */
  cooldown?: number;
  /** The factor is not cut below this. */
  floor?: number;
}

/**
 * The factor after a history of losses or scores, cut wherever they have not improved for long: PyTorch's
 * ReduceLROnPlateau with its defaults, but a pure function of all values so far, which a resumed run keeps anyway.
 *
 * @example
 * ```ts
 * import { nn, optim, schedules } from '@semblance/torch';
 *
 * const optimizer = new optim.SGD(new nn.Linear(2, 1).parameters(), { lr: 0.1 });
 * const plateau = schedules.reduceOnPlateau({ patience: 3 });
 * const validationLosses = [1, 0.5, 0.5, 0.5, 0.5, 0.5];
 * optimizer.setLr(0.1 * plateau(validationLosses));
 * ```
 */
export function reduceOnPlateau(options: PlateauOptions = {}): (history: readonly number[]) => number {
  const { mode = 'min', factor = 0.1, patience = 10, threshold = 1e-4, cooldown = 0, floor = 0 } = options;
  const sign = mode === 'min' ? 1 : -1;
  const bar = (best: number) =>
    options.thresholdMode === 'absolute' ? best - sign * threshold : best * (1 - sign * threshold);
  return (history) => {
    let best = sign * Infinity;
    let rate = 1;
    let numBad = 0;
    let numCooling = 0;
    for (const value of history) {
      const isBetter = sign * value < sign * bar(best);
      if (isBetter) best = value;
      numBad = isBetter ? 0 : numBad + 1;
      if (numCooling > 0) {
        numCooling--;
        numBad = 0;
      }
      if (numBad <= patience) continue;
      // As PyTorch: a cut that would change next to nothing is left out.
      const cut = Math.max(rate * factor, floor);
      if (rate - cut > 1e-8) rate = cut;
      numCooling = cooldown;
      numBad = 0;
    }
    return rate;
  };
}
