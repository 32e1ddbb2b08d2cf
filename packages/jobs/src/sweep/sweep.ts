import { didYouMean } from '@semblance/core';
import { continuation } from '../continuation.ts';
import { derivedSpec } from '../derive.ts';
import { isSemblanceError, SemblanceError } from '../error.ts';
import type { TaskRequest } from '../kinds/custom.ts';
import { completeAll, describeWanted, type JobStore, makeVersions, newVersions } from '../make-version.ts';
import { fullName, isSettled, type Version, type VersionSpec } from '../model.ts';
import type { RunOptions } from '../request.ts';
import type { SweepRecord } from '../store/version-store.ts';
import { requestedSpec } from '../version-place.ts';
import { type Candidate, requireFewCandidates } from './candidates.ts';
import { budgetsOf, checkHalving, type Halving, sizeOfRung, survivors } from './halving.ts';

/** What a sweep tries, kept with it. */
export interface SweepPlan {
  spec: VersionSpec;
  candidates: Candidate[];
  halving: Halving | null;
}

/** What the versions of a sweep share, checked as its first one: the command may name what the candidates vary. */
export async function sweepSpec(
  jobs: JobStore,
  task: TaskRequest,
  run: RunOptions,
  { candidates, halving }: Omit<SweepPlan, 'spec'>,
  base: Readonly<Record<string, string>>,
): Promise<VersionSpec> {
  if (halving) checkHalving(halving);
  const first = withBudget(candidates[0] ?? {}, halving, halving ? budgetsOf(halving)[0] : undefined);
  const parameters = { ...task.parameters, ...first };
  const spec = await requestedSpec(jobs, { ...task, parameters }, run, base);
  return { ...spec, parameters: { ...task.parameters } };
}

/**
 * Makes a sweep and a version for each candidate, all at once: a supervisor that looks meanwhile sees both or neither.
 * With halving the supervisor makes those of the next rungs.
 *
 * @throws USAGE_INVALID_VALUE, METRIC_NOT_FOUND where the task is known not to report the metric that decides, and those
 *   of {@link describeWanted}
 */
export async function startSweep(
  jobs: JobStore,
  job: string,
  plan: SweepPlan,
): Promise<{ sweep: SweepRecord; versions: Version[] }> {
  const { candidates, halving, spec } = plan;
  requireFewCandidates(candidates.length);
  const [budget] = halving ? budgetsOf(halving) : [];
  const specs = await Promise.all(
    candidates.map((candidate) =>
      derivedSpec(jobs, spec, { parameters: withBudget(candidate, halving, budget) }),
    ),
  );
  const wanted = specs.map((one) => ({ job, spec: one, origin: {} }));
  const descriptions = await describeWanted(jobs, wanted);
  if (halving) {
    const { figures } = jobs.parts.kind(spec.task);
    for (const { parameters } of descriptions) checkMetric(halving.metric, figures?.(parameters));
  }
  const added = await jobs.store.addSweep(job, plan, newVersions(jobs, wanted, descriptions));
  try {
    return { sweep: added.sweep, versions: await completeAll(jobs, added.versions, descriptions) };
  } catch (error) {
    await jobs.store.endSweep(added.sweep.id, 'failed', `it could not be made: ${(error as Error).message}`);
    throw error;
  }
}

/** @throws METRIC_NOT_FOUND where it is not among the figures that are known to come */
function checkMetric(metric: string, figures: readonly string[] | undefined): void {
  if (!figures || figures.includes(metric)) return;
  throw new SemblanceError(
    'METRIC_NOT_FOUND',
    `these versions will report no metric '${metric}': there are ${figures.join(', ')}${didYouMean(metric, figures)}`,
  );
}

const withBudget = (candidate: Candidate, halving: Halving | null, budget: number | undefined): Candidate =>
  halving ? { ...candidate, [halving.parameter]: String(budget) } : candidate;

/**
 * Takes a sweep one rung further where its last rung has come to rest: the versions of a rung are made all at once, so
 * that whoever calls it after a crash goes on from a whole rung.
 *
 * @returns whether anything was done
 */
export async function advanceSweep(jobs: JobStore, sweep: SweepRecord): Promise<boolean> {
  const { store } = jobs;
  const { halving, candidates } = sweep.plan as SweepPlan;
  const versions = await store.list({ sweepId: sweep.id });
  if (versions.length === 0) return store.endSweep(sweep.id, 'stopped', 'all of its versions were deleted');
  const rung = Math.max(...versions.map((version) => version.sweep!.rung));
  const current = versions.filter((version) => version.sweep!.rung === rung);
  if (!current.every(isSettled)) return false;
  const budgets = halving ? budgetsOf(halving) : [];
  const isLast = rung + 1 >= budgets.length;
  if (!halving) return store.endSweep(sweep.id, 'completed', `${current.length} versions have ended`);
  const count = isLast ? 1 : sizeOfRung(candidates.length, halving.eta, rung + 1);
  const best = survivors(current, halving, count);
  if (best.length === 0) return store.endSweep(sweep.id, 'failed', whyNoneIsLeft(current, halving.metric));
  if (isLast)
    return store.endSweep(sweep.id, 'completed', `${fullName(best[0]!)} is the best of the last rung`);
  const wanted = await Promise.all(
    best.map(async (parent, index) => {
      const parameters = { [halving.parameter]: String(budgets[rung + 1]) };
      const options = halving.isContinued ? continuation(jobs, parent) : {};
      const spec = await derivedSpec(jobs, parent.spec, { parameters, options });
      return { job: sweep.job, spec, origin: { parent, sweep: { id: sweep.id, rung: rung + 1, index } } };
    }),
  );
  try {
    await makeVersions(jobs, wanted);
  } catch (error) {
    // stopped meanwhile, or made by the supervisor of another machine
    if (!isSemblanceError(error, 'VERSION_WRONG_STATE') && !isSemblanceError(error, 'VERSION_EXISTS'))
      throw error;
  }
  return true;
}

/** Why no version of a rung goes on, with the metrics that there are where the wanted one is missing. */
function whyNoneIsLeft(rung: readonly Version[], metric: string): string {
  const completed = rung.filter(({ state }) => state === 'completed');
  if (completed.length === 0) {
    const [first] = rung as [Version];
    return `none of the ${rung.length} versions of a rung completed; ${fullName(first)} ${first.state}: ${first.reason}`;
  }
  const names = [...new Set(completed.flatMap(({ metrics }) => Object.keys(metrics)))].sort();
  const there =
    names.length > 0 ? `there are ${names.join(', ')}${didYouMean(metric, names)}` : 'there is none';
  return `no version that completed has the metric '${metric}': ${there}`;
}
