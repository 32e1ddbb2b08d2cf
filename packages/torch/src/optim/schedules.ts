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
