import type { Step, Version } from '../model.ts';
import type { VersionState } from '../states.ts';
import type { Row, Value } from './database.ts';
import type { Alias, SweepRecord, VersionChanges, VersionEvent, VersionRecord } from './version-store.ts';

type Column = readonly [name: string, write: (value: never) => Value];
const plain = (value: Value): Value => value;
const json = (value: unknown): Value => (value === null ? null : JSON.stringify(value));

/** The column of each thing that may change, and how its value is written. */
const columns: Readonly<Record<keyof VersionChanges, Column>> = {
  spec: ['spec', json],
  step: ['step', plain],
  resumeAt: ['resume_at', plain],
  attempt: ['attempt', plain],
  retriesLeft: ['retries_left', plain],
  ending: ['ending', json],
  exitCode: ['exit_code', plain],
  gpus: ['gpus', json],
  machine: ['machine', plain],
  startedMs: ['started_ms', plain],
  endedMs: ['ended_ms', plain],
  code: ['code', json],
  data: ['data', json],
  environment: ['environment', json],
  metrics: ['metrics', json],
  artifacts: ['artifacts', json],
  description: ['description', plain],
  reason: ['reason', plain],
  tags: ['tags', json],
  note: ['note', plain],
  isStarred: ['is_starred', Number],
  isPinned: ['is_pinned', Number],
};

/** `column = ?` for each change, with its value. */
export function changesToColumns(changes: VersionChanges): {
  assignments: string[];
  values: Value[];
} {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
  return {
    assignments: entries.map(([key]) => `${columns[key as keyof VersionChanges][0]} = ?`),
    values: entries.map(([key, value]) => columns[key as keyof VersionChanges][1](value as never)),
  };
}

const text = (value: unknown): string => String(value ?? '');
const count = (value: unknown): number => Number(value);
const orNull = <T>(value: unknown, read: (value: unknown) => T): T | null =>
  value == null ? null : read(value);
const parsed = <T>(value: unknown): T => JSON.parse(text(value)) as T;

export function versionOf(row: Row): Version {
  return {
    id: count(row.id),
    job: text(row.job),
    number: count(row.number),
    description: text(row.description),
    tags: parsed(row.tags),
    note: text(row.note),
    isStarred: row.is_starred === 1,
    isPinned: row.is_pinned === 1,
    parentId: orNull(row.parent_id, count),
    sweep:
      row.sweep_id == null
        ? null
        : { id: count(row.sweep_id), rung: count(row.sweep_rung), index: count(row.sweep_index) },
    state: text(row.state) as VersionState,
    reason: text(row.reason),
    step: orNull(row.step, text) as Step | null,
    resumeAt: text(row.resume_at) as Step,
    attempt: count(row.attempt),
    retriesLeft: count(row.retries_left),
    ending: orNull<Version['ending']>(row.ending, parsed),
    exitCode: orNull(row.exit_code, count),
    gpus: parsed(row.gpus),
    machine: orNull(row.machine, text),
    creator: orNull<Version['creator']>(row.creator, parsed),
    createdMs: count(row.created_ms),
    startedMs: orNull(row.started_ms, count),
    endedMs: orNull(row.ended_ms, count),
    spec: parsed(row.spec),
    parameters: parsed(row.parameters),
    seeds: parsed(row.seeds),
    code: orNull<Version['code']>(row.code, parsed),
    data: parsed(row.data),
    environment: orNull<Version['environment']>(row.environment, parsed),
    metrics: parsed(row.metrics),
    artifacts: parsed(row.artifacts),
  };
}

export function eventOf(row: Row): VersionEvent {
  return {
    id: count(row.id),
    versionId: count(row.version_id),
    atMs: count(row.at_ms),
    from: orNull(row.from_state, text) as VersionState | null,
    to: text(row.to_state) as VersionState,
    reason: text(row.reason),
  };
}

export function sweepOf(row: Row): SweepRecord {
  return {
    id: count(row.id),
    job: text(row.job),
    createdMs: count(row.created_ms),
    isActive: count(row.is_active) === 1,
    outcome: orNull(row.outcome, text) as SweepRecord['outcome'],
    reason: text(row.reason),
    plan: parsed(row.plan),
  };
}

export const aliasOf = (row: Row): Alias => ({
  job: text(row.job),
  name: text(row.name),
  versionId: count(row.version_id),
  setMs: count(row.set_ms),
});

export const recordOf = (row: Row): VersionRecord => ({
  id: count(row.id),
  versionId: count(row.version_id),
  kind: text(row.kind) as VersionRecord['kind'],
  atMs: count(row.at_ms),
  body: parsed(row.body),
});
