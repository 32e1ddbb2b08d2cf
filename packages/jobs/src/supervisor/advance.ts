import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { Executor, WorkerGroup } from '../executor/executor.ts';
import { versionPaths } from '../home.ts';
import {
  type ChangedCode,
  type CodeRecord,
  type Ending,
  fullName,
  type Step,
  type Version,
} from '../model.ts';
import { runMetrics } from '../record/best.ts';
import type { Delivered } from '../steps/deliver.ts';
import type { Prepared } from '../steps/prepare.ts';
import { diskReason } from '../store/reserve.ts';
import type { VersionChanges } from '../store/version-store.ts';
import type { SupervisorContext } from './context.ts';
import { groupOf, groupSpec, markOf, reasonOf, stepEnv } from './groups.ts';
import type { Neighbours } from './neighbours.ts';
import { type GroupOutcome, groupOutcome, isLiving } from './outcome.ts';
import { ranMs } from './run-time.ts';

/**
 * Takes a version one step further, from what the store and the executor say of it and nothing else: whoever calls
 * it after a crash goes on from there. Each call makes at most one change.
 *
 *     prepare → work → deliver → completed
 *
 * Work that has failed is delivered too, so that its outputs and logs are where they are looked for.
 *
 * @returns whether anything was done; there may be more to do then
 */
export async function advance(
  context: SupervisorContext,
  version: Version,
  neighbours: Pick<Neighbours, 'isAbandoned'>,
): Promise<boolean> {
  if (version.state === 'creating') return neighbours.isAbandoned(version) && abandon(context, version);
  if (version.state === 'running') return advanceStep(context, version, version.step ?? 'prepare');
  return false;
}

/** Whoever was making it is gone: it will never be complete. */
async function abandon({ store, say }: SupervisorContext, version: Version): Promise<boolean> {
  const reason = `process ${version.creator?.pid} that was making it is gone`;
  const changes = { endedMs: Date.now(), retriesLeft: 0 };
  const isLost = await store.transition(version.id, { from: 'creating', to: 'lost', reason, changes });
  if (isLost) say(`${fullName(version)} is lost: ${reason}`);
  return isLost;
}

async function advanceStep(context: SupervisorContext, version: Version, step: Step): Promise<boolean> {
  const group = groupOf(context, version, step);
  const executor = await executorOf(context, version, step);
  const sights = await executor.look(group);
  const kind = context.parts.find(version.spec.task);
  const doneCodes = step === 'work' && kind ? kind.doneCodes : { 0: 'done' };
  const outcome = groupOutcome(sights, doneCodes);
  if (version.ending?.isNow) {
    const isLeft = sights.some((sight) => isLiving(sight) || sight.state === 'absent');
    if (!isLeft) return finish(context, version, version.ending);
    return endGroup(context, version, executor, group, version.ending);
  }
  switch (outcome.kind) {
    case 'absent':
      return startGroup(context, version, step);
    case 'running':
      return (
        (await checkTime(context, version, group, outcome.waitsFor !== undefined)) ||
        sayWhatItWaitsFor(context, version, outcome.waitsFor)
      );
    case 'failed':
    case 'lost':
      if (outcome.isRunning) return decide(context, version, endingOf(outcome, true));
      if (outcome.kind === 'lost') {
        // begun again as often as it takes: the retries are for what the work itself is to blame for
        const changes = outcome.isTakenAway ? { retriesLeft: version.retriesLeft + 1 } : {};
        return finish(context, version, endingOf(outcome, true), changes);
      }
      return afterFailure(context, version, step, outcome);
    case 'done':
      return afterSuccess(context, version, step, outcome);
  }
}

const endingOf = (outcome: Extract<GroupOutcome, { kind: 'failed' | 'lost' }>, isNow: boolean): Ending => ({
  to: outcome.kind,
  reason: outcome.reason,
  exitCode: outcome.kind === 'failed' ? outcome.code : null,
  isNow,
  sinceMs: Date.now(),
});

/** Writes down that the version is to be ended; the next look does it. */
export async function decide(
  { store }: SupervisorContext,
  version: Version,
  ending: Ending,
): Promise<boolean> {
  return store.update(version.id, { ending }, 'running');
}

const WAITS = 'waits for a place to run';

/** As the reason of a running version: what a queue says of a worker that has not begun. */
async function sayWhatItWaitsFor(
  { store }: SupervisorContext,
  version: Version,
  waitsFor: string | undefined,
): Promise<boolean> {
  const isSaid = version.reason.startsWith(WAITS);
  if (waitsFor === undefined && !isSaid) return false;
  const reason = waitsFor === undefined ? 'started' : waitsFor === '' ? WAITS : `${WAITS}: ${waitsFor}`;
  if (reason === version.reason) return false;
  return store.update(version.id, { reason }, 'running');
}

async function startGroup(context: SupervisorContext, version: Version, step: Step): Promise<boolean> {
  const group = groupOf(context, version, step);
  try {
    if (step === 'work') clearForFreshStart(context, version);
    const executor = await executorOf(context, version, step);
    const spec = await groupSpec(context, version, step, executor);
    await executor.start(group, spec, stepEnv(step));
    return false; // it has only just begun
  } catch (error) {
    const reason = `it cannot be started: ${(error as Error).message}`;
    return decide(context, version, {
      to: 'failed',
      reason,
      exitCode: null,
      isNow: true,
      sinceMs: Date.now(),
    });
  }
}

/** What an attempt left that has nothing to go on from would be in the way of the next. */
function clearForFreshStart({ home, parts }: SupervisorContext, version: Version): void {
  const { resume } = parts.kind(version.spec.task);
  const { outputs, attempt } = versionPaths(home, version);
  if (version.attempt === 1 || existsSync(`${attempt(version.attempt)}/work/group.json`)) return;
  if (!version.spec.predownload && !resume?.isPossible(outputs))
    rmSync(outputs, { recursive: true, force: true });
}

async function endGroup(
  { settings, told, parts }: SupervisorContext,
  version: Version,
  executor: Executor,
  group: ReturnType<typeof groupOf>,
  { sinceMs, isOrderly = false }: Ending,
): Promise<boolean> {
  const saveMs = isOrderly ? (parts.find(version.spec.task)?.saveMs ?? 0) : 0;
  const isForced = Date.now() - sinceMs > Math.max(settings.graceMs, saveMs);
  // a second SIGTERM means "at once" to many programs
  if (!isForced && told.has(group.dir)) return false;
  told.add(group.dir);
  await executor.end(group, isForced);
  return true;
}

async function checkTime(
  context: SupervisorContext,
  version: Version,
  group: WorkerGroup,
  isWaiting: boolean,
): Promise<boolean> {
  const { timeoutMs } = version.spec;
  if (timeoutMs === null || ranMs(group, version.startedMs!, isWaiting) < timeoutMs) return false;
  const reason = `it ran longer than ${timeoutMs / 1000} s`;
  const ending = { to: 'failed', reason, exitCode: null, isNow: true, isOrderly: true } as const;
  return decide(context, version, { ...ending, sinceMs: Date.now() });
}

async function afterSuccess(
  context: SupervisorContext,
  version: Version,
  step: Step,
  outcome: Extract<GroupOutcome, { kind: 'done' }>,
): Promise<boolean> {
  const { store, home } = context;
  const paths = versionPaths(home, version);
  if (step === 'prepare') {
    const { data, changed = [] } = JSON.parse(readFileSync(paths.prepared, 'utf8')) as Prepared;
    const code =
      version.code && changed.length > 0 ? { code: withOther(version, version.code, changed) } : {};
    return store.update(version.id, { data, step: 'work', ...code }, 'running');
  }
  if (step === 'work') {
    await endLeftovers(context, version);
    return store.update(version.id, { step: 'deliver', exitCode: outcome.code }, 'running');
  }
  const { artifacts, metrics } = JSON.parse(readFileSync(paths.delivered, 'utf8')) as Delivered;
  if (version.ending) return finish(context, version, version.ending, { artifacts, metrics });
  const { doneCodes } = context.parts.kind(version.spec.task);
  const reason = doneCodes[version.exitCode ?? 0] ?? 'done';
  return end(context, version, 'completed', reason, { artifacts, metrics });
}

/** What is recorded of the code, with what this attempt runs in its place. */
const withOther = ({ attempt }: Version, code: CodeRecord, changed: readonly ChangedCode[]): CodeRecord => ({
  ...code,
  otherAttempts: [...(code.otherAttempts ?? []), { attempt, changed }],
});

async function afterFailure(
  context: SupervisorContext,
  version: Version,
  step: Step,
  outcome: Extract<GroupOutcome, { kind: 'failed' }>,
): Promise<boolean> {
  const { store } = context;
  const ended = endingOf(outcome, false);
  const ending = { ...ended, reason: ended.reason + diskReason(context.home) };
  const why = reasonOf(groupOf(context, version, step)) ?? outcome.reason;
  if (step === 'prepare') {
    return finish(context, version, { ...ending, reason: `inputs could not be prepared: ${why}` });
  }
  if (step === 'work') {
    await endLeftovers(context, version);
    return store.update(version.id, { step: 'deliver', exitCode: outcome.code, ending }, 'running');
  }
  if (version.ending) {
    const reason = `${version.ending.reason}; its outputs did not arrive either: ${why}`;
    return finish(context, version, { ...version.ending, reason });
  }
  const reason = `outputs did not arrive: ${why}`;
  return finish(context, version, { ...ending, exitCode: version.exitCode, reason }, { resumeAt: 'deliver' });
}

/** Inputs and outputs are carried by this machine, whatever does the work. */
const executorOf = async (
  { executors }: SupervisorContext,
  { spec }: Version,
  step: Step,
): Promise<Executor> => (step === 'work' ? executors.of(spec) : executors.local);

/** Nothing of the version is left running, here and where its workers ran. */
async function endLeftovers({ store, executors }: SupervisorContext, version: Version): Promise<void> {
  const mark = markOf(store.id, version);
  for (const executor of new Set([executors.local, await executors.of(version.spec)]))
    await executor.endLeftovers(mark);
}

async function finish(
  context: SupervisorContext,
  version: Version,
  { to, reason, exitCode }: Ending,
  changes: VersionChanges = {},
): Promise<boolean> {
  const { outputs } = versionPaths(context.home, version);
  // a kind that this supervisor was not given has no figures, and its version must end all the same
  const kind = context.parts.find(version.spec.task);
  const metrics = changes.metrics ?? (kind ? await runMetrics(kind, outputs) : {});
  return end(context, version, to, reason, { exitCode: exitCode ?? version.exitCode, ...changes, metrics });
}

/** Nothing of the version lives when its state says that it has ended. */
async function end(
  context: SupervisorContext,
  version: Version,
  to: 'completed' | 'failed' | 'stopped' | 'lost',
  reason: string,
  changes: VersionChanges,
): Promise<boolean> {
  const { store, say } = context;
  await endLeftovers(context, version);
  const isDone = await store.transition(version.id, {
    from: 'running',
    to,
    reason,
    changes: { resumeAt: 'prepare', ...changes, step: null, ending: null, gpus: [], endedMs: Date.now() },
  });
  if (isDone) say(`${fullName(version)} ${to}: ${reason}`);
  return isDone;
}
