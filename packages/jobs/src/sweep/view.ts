import { didYouMean } from '@semblance/core';
import { SemblanceError } from '../error.ts';
import { fullName, isSettled, type Version } from '../model.ts';
import { checkJobName } from '../names.ts';
import type { SweepOutcome, SweepRecord, VersionStore } from '../store/version-store.ts';
import { budgetsOf, sizeOfRung, survivors } from './halving.ts';
import type { SweepPlan } from './sweep.ts';

/** How a sweep stands. */
export interface SweepView {
  id: number;
  job: string;
  createdMs: number;
  state: 'running' | SweepOutcome;
  /** Why it is in that state. */
  reason: string;
  /** The metric that decides, of successive halving. */
  metric: string | null;
  mode: 'max' | 'min' | null;
  rungs: SweepRung[];
  /** The best version so far: of the last rung that one has completed in; null where no metric decides. */
  best: { version: string; value: number } | null;
}

/** One round of a sweep: all versions of a grid, or those that have one budget. */
export interface SweepRung {
  /** `epochs=3`; '' without halving. */
  budget: string;
  /** How many versions it will have, as far as those before it complete. */
  size: number;
  versions: { version: string; state: Version['state'] }[];
}

/** Puts together how a sweep stands, from its versions. */
export async function viewSweep(store: VersionStore, sweep: SweepRecord): Promise<SweepView> {
  const versions = await store.list({ sweepId: sweep.id });
  const { halving, candidates } = sweep.plan as SweepPlan;
  const budgets = halving ? budgetsOf(halving) : [null];
  const rungs = budgets.map((budget, rung) => ({
    budget: halving ? `${halving.parameter}=${budget}` : '',
    size: halving ? sizeOfRung(candidates.length, halving.eta, rung) : candidates.length,
    of: versions.filter((version) => version.sweep!.rung === rung),
  }));
  const leaders = halving ? rungs.flatMap(({ of }) => survivors(of, halving, 1)) : [];
  const best = leaders.at(-1);
  // sweeps of earlier stores do not say what became of them
  const state =
    sweep.outcome ?? (sweep.isActive || !versions.every(isSettled) ? ('running' as const) : 'completed');
  return {
    id: sweep.id,
    job: sweep.job,
    createdMs: sweep.createdMs,
    state,
    reason: sweep.reason,
    metric: halving?.metric ?? null,
    mode: halving?.mode ?? null,
    rungs: rungs.map(({ of, ...rung }) => ({
      ...rung,
      versions: of.map((version) => ({ version: fullName(version), state: version.state })),
    })),
    best: best && halving ? { version: fullName(best), value: best.metrics[halving.metric]!.value } : null,
  };
}

/** The sweep that a text names: its number, or a job for its newest. @throws SWEEP_NOT_FOUND */
export async function findSweep(store: VersionStore, text: string): Promise<SweepRecord> {
  const found = /^\d+$/.test(text)
    ? await store.sweep(Number(text))
    : (await store.sweeps({ job: checkJobName(text) }))[0];
  if (found) return found;
  const jobs = [...new Set((await store.sweeps()).map(({ job }) => job))];
  const message = /^\d+$/.test(text)
    ? `there is no sweep ${text}`
    : `the job ${text} has no sweep${didYouMean(text, jobs)}`;
  throw new SemblanceError('SWEEP_NOT_FOUND', message);
}
