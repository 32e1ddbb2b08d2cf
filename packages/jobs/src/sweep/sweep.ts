import { continuation } from '../continuation.ts';
import { derivedSpec } from '../derive.ts';
import { isSemblanceError, SemblanceError } from '../error.ts';
import { type JobStore, makeVersions } from '../make-version.ts';
import { isSettled, type Version, type VersionSpec } from '../model.ts';
import type { SweepRecord, VersionStore } from '../store/version-store.ts';
import type { Candidate } from './candidates.ts';
import { budgetsOf, type Halving, sizeOfRung, survivors } from './halving.ts';

/** What a sweep tries, kept with it. */
export interface SweepPlan {
  spec: VersionSpec;
  candidates: Candidate[];
  halving: Halving | null;
}

const MOST_CANDIDATES = 1000;

/**
 * Makes a version for each candidate. With halving the supervisor makes those of the next rungs.
 *
 * @throws USAGE_INVALID_VALUE, and those of {@link makeVersions}
 */
export async function startSweep(
  jobs: JobStore,
  job: string,
  plan: SweepPlan,
): Promise<{ sweep: SweepRecord; versions: Version[] }> {
  const { candidates, halving, spec } = plan;
  if (candidates.length > MOST_CANDIDATES)
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `${candidates.length} candidates are more than the allowed ${MOST_CANDIDATES}`,
    );
  const [budget] = halving ? budgetsOf(halving) : [];
  const specs = await Promise.all(
    candidates.map((candidate) =>
      derivedSpec(jobs.parts, spec, { parameters: withBudget(candidate, halving, budget) }),
    ),
  );
  const sweep = await jobs.store.addSweep(job, plan);
  const wanted = specs.map((one, index) => ({
    job,
    spec: one,
    origin: { sweep: { id: sweep.id, rung: 0, index } },
  }));
  try {
    const versions = await makeVersions(jobs, wanted);
    if (!halving) await jobs.store.endSweep(sweep.id);
    return { sweep, versions };
  } catch (error) {
    await jobs.store.endSweep(sweep.id);
    throw error;
  }
}

const withBudget = (candidate: Candidate, halving: Halving | null, budget: number | undefined): Candidate =>
  halving ? { ...candidate, [halving.parameter]: String(budget) } : candidate;

/**
 * Takes a sweep one rung further where its last rung has come to rest. Called again after a crash it makes what is
 * missing and nothing twice: each place of a rung is taken once.
 *
 * @returns whether anything was done
 */
export async function advanceSweep(jobs: JobStore, sweep: SweepRecord): Promise<boolean> {
  const { store } = jobs;
  const { halving, candidates } = sweep.plan as SweepPlan;
  const versions = await store.list({ sweepId: sweep.id });
  if (!halving || versions.length === 0) return end(store, sweep);
  const budgets = budgetsOf(halving);
  const last = Math.max(...versions.map((version) => version.sweep!.rung));
  // a rung of which some are missing is that of a supervisor that died while it made them
  const rung = last > 0 && missingOf(versions, last, candidates.length, halving).length > 0 ? last - 1 : last;
  const current = versions.filter((version) => version.sweep!.rung === rung);
  if (!current.every(isSettled)) return false;
  if (rung + 1 >= budgets.length) return end(store, sweep);
  const best = survivors(current, halving, sizeOfRung(candidates.length, halving.eta, rung + 1));
  if (best.length === 0) return end(store, sweep);
  const taken = new Set(versions.filter((v) => v.sweep!.rung === rung + 1).map((v) => v.sweep!.index));
  const next = best.map((parent, index) => ({ parent, index })).filter(({ index }) => !taken.has(index));
  if (next.length === 0) return false;
  for (const { parent, index } of next) {
    const parameters = { [halving.parameter]: String(budgets[rung + 1]) };
    const options = halving.isContinued ? continuation(jobs, parent) : {};
    const spec = await derivedSpec(jobs.parts, parent.spec, { parameters, options });
    const place = { id: sweep.id, rung: rung + 1, index };
    try {
      await makeVersions(jobs, [{ job: sweep.job, spec, origin: { parent, sweep: place } }]);
    } catch (error) {
      if (!isSemblanceError(error, 'VERSION_EXISTS')) throw error;
    }
  }
  return true;
}

/** Places of a rung that no version has. */
function missingOf(
  versions: readonly Version[],
  rung: number,
  numCandidates: number,
  halving: Halving,
): number[] {
  const before = versions.filter((version) => version.sweep!.rung === rung - 1);
  const size = survivors(before, halving, sizeOfRung(numCandidates, halving.eta, rung)).length;
  const taken = new Set(versions.filter((v) => v.sweep!.rung === rung).map((v) => v.sweep!.index));
  return Array.from({ length: size }, (_, i) => i).filter((i) => !taken.has(i));
}

async function end(store: VersionStore, sweep: SweepRecord): Promise<boolean> {
  await store.endSweep(sweep.id);
  return true;
}
