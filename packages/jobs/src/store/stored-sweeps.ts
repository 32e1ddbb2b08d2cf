import { where } from './conditions.ts';
import type { Database, Work } from './database.ts';
import { insertVersion } from './insert-version.ts';
import { sweepOf } from './rows.ts';
import type { VersionStore } from './version-store.ts';

type StoredSweeps = Pick<VersionStore, 'addSweep' | 'sweep' | 'sweeps' | 'activeSweeps' | 'endSweep'>;

/** Sweeps as rows of a database. */
export const storedSweeps = ({ read, write }: Database): StoredSweeps => ({
  async addSweep(job, plan, versions) {
    return write(function* (): Work<Awaited<ReturnType<VersionStore['addSweep']>>> {
      const [row] = yield [
        'INSERT INTO sweeps (job, created_ms, plan) VALUES (?, ?, ?) RETURNING *',
        ...[job, Date.now(), JSON.stringify(plan)],
      ];
      const sweep = sweepOf(row!);
      const added = [];
      for (const [index, version] of versions.entries())
        added.push(yield* insertVersion({ ...version, sweep: { id: sweep.id, rung: 0, index } }));
      return { sweep, versions: added };
    });
  },
  async sweep(id) {
    const [row] = await read('SELECT * FROM sweeps WHERE id = ?', id);
    return row ? sweepOf(row) : null;
  },
  async sweeps({ job } = {}) {
    const { text, values } = where(job === undefined ? [] : [['job = ?', job]]);
    return (await read(`SELECT * FROM sweeps ${text} ORDER BY id DESC`, ...values)).map(sweepOf);
  },
  async activeSweeps() {
    return (await read('SELECT * FROM sweeps WHERE is_active = 1 ORDER BY id')).map(sweepOf);
  },
  async endSweep(id, outcome, reason) {
    return write(function* () {
      const ended = yield [
        `UPDATE sweeps SET is_active = 0, outcome = ?, reason = ? WHERE id = ? AND is_active = 1 RETURNING id`,
        ...[outcome, reason, id],
      ];
      return ended.length > 0;
    });
  },
});
