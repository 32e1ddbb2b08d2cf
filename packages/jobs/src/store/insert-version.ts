import { SemblanceError } from '../error.ts';
import type { Version } from '../model.ts';
import type { Work } from './database.ts';
import { versionOf } from './rows.ts';
import type { NewVersion } from './version-store.ts';

/** Adds a version with the job's next number, and the job where it is missing. */
export function* insertVersion(version: NewVersion): Work<Version> {
  const { job, sweep, spec } = version;
  const now = Date.now();
  if (sweep) {
    const [active] = yield ['SELECT id FROM sweeps WHERE id = ? AND is_active = 1', sweep.id];
    if (!active) throw new SemblanceError('VERSION_WRONG_STATE', `the sweep ${sweep.id} has ended`);
    const [taken] = yield [
      'SELECT id FROM versions WHERE sweep_id = ? AND sweep_rung = ? AND sweep_index = ?',
      ...[sweep.id, sweep.rung, sweep.index],
    ];
    if (taken) throw new SemblanceError('VERSION_EXISTS', 'that place of the sweep has its version already');
  }
  yield ['INSERT INTO jobs (name, created_ms) VALUES (?, ?) ON CONFLICT DO NOTHING', job, now];
  const [counted] = yield [
    'UPDATE jobs SET next_number = next_number + 1 WHERE name = ? RETURNING next_number - 1 AS number',
    job,
  ];
  const reason = 'being made';
  const [row] = yield [
    `INSERT INTO versions (job, number, description, parent_id, sweep_id, sweep_rung, sweep_index, state, reason,
      retries_left, creator, created_ms, spec, parameters, seeds)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'creating', ?, ?, ?, ?, ?, ?, ?) RETURNING *`,
    ...[job, Number(counted!.number), version.description, version.parentId],
    ...[sweep?.id ?? null, sweep?.rung ?? null, sweep?.index ?? null],
    ...[reason, spec.retries, JSON.stringify(version.creator), now, JSON.stringify(spec)],
    ...[JSON.stringify(version.parameters), JSON.stringify(version.seeds)],
  ];
  const added = versionOf(row!);
  yield* addEvent(added.id, null, 'creating', reason);
  return added;
}

/** Writes down that a version came from one state to another. */
export function* addEvent(versionId: number, from: string | null, to: string, reason: string): Work<void> {
  yield [
    'INSERT INTO events (version_id, at_ms, from_state, to_state, reason) VALUES (?, ?, ?, ?, ?)',
    ...[versionId, Date.now(), from, to, reason],
  ];
}
