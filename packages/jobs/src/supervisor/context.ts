import type { Executors } from '../executor/executors.ts';
import type { JobStore } from '../make-version.ts';
import type { Seat } from '../store/version-store.ts';

/** What the supervisor works with. Everything it must not forget is in the store or with the executor. */
export interface SupervisorContext extends JobStore {
  executors: Executors;
  /** Of this process, in a store that several machines use. */
  seat: Seat | null;
  settings: SupervisorSettings;
  say(line: string): void;
  /** Groups that were told to end by this process, by their folder: they are told once. */
  told: Set<string>;
}

export interface SupervisorSettings {
  /** Versions that run at once. */
  slots: number;
  /** Versions that are given to other machines at once. */
  slotsElsewhere: number;
  /** GPUs that may be given to versions. */
  gpus: readonly number[];
  /** Between looks. */
  tickMs: number;
  /** Between measurements of CPU, memory and GPU. */
  sampleMs: number;
  /** How long workers that were told to end are waited for before they are killed. */
  graceMs: number;
  /** How long a version that failed rests before its first retry. */
  retryMs: number;
  /** How long it stays when there is nothing to do. */
  idleMs: number;
  /** How long another machine may be without a supervisor before its versions are taken over. */
  lostMs: number;
}

const DEFAULTS: Omit<SupervisorSettings, 'gpus'> = {
  slots: 1,
  slotsElsewhere: 100,
  tickMs: 100,
  sampleMs: 2000,
  graceMs: 10_000,
  idleMs: 5000,
  retryMs: 1000,
  lostMs: 60_000,
};

/** The settings, from `SEMBLANCE_JOB_SLOTS` and its like where they are given. */
export function settingsOf(
  env: Readonly<Record<string, string | undefined>>,
  gpus: readonly number[],
): SupervisorSettings {
  const given = (name: string, preset: number): number => {
    const value = Number(env[name]);
    return env[name] !== undefined && Number.isFinite(value) && value >= 0 ? value : preset;
  };
  return {
    slots: Math.max(1, given('SEMBLANCE_JOB_SLOTS', DEFAULTS.slots)),
    slotsElsewhere: Math.max(1, given('SEMBLANCE_JOB_SLOTS_ELSEWHERE', DEFAULTS.slotsElsewhere)),
    gpus,
    tickMs: DEFAULTS.tickMs,
    sampleMs: given('SEMBLANCE_JOB_SAMPLE_MS', DEFAULTS.sampleMs),
    graceMs: given('SEMBLANCE_JOB_GRACE_MS', DEFAULTS.graceMs),
    retryMs: given('SEMBLANCE_JOB_RETRY_MS', DEFAULTS.retryMs),
    idleMs: given('SEMBLANCE_JOB_IDLE_MS', DEFAULTS.idleMs),
    lostMs: given('SEMBLANCE_JOB_LOST_MS', DEFAULTS.lostMs),
  };
}
