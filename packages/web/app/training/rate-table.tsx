import { Link } from 'wouter';
import { useTexts } from '../texts/texts.ts';
import { Table } from '../ui/table.tsx';
import type { Evaluation } from './evaluations.ts';
import { isLowerBetter } from './is-lower-better.ts';
import styles from './rate-table.module.css';
import { texts } from './rate-texts.ts';

export interface RateTableProps {
  /** On one set or several; each has rows of its own. */
  evaluations: readonly Evaluation[];
  /** The version that the others are held against. */
  baseline: string | null;
}

/** Error rates at operating points: in each column the better, the more of the accent; intervals stand below. */
export function RateTable({ evaluations, baseline }: RateTableProps) {
  const t = useTexts(texts);
  const bySet = Map.groupBy(evaluations, ({ set, fingerprint }) => `${set}\0${fingerprint}`);
  const isChanged = new Set(evaluations.map(({ set }) => set)).size < bySet.size;
  return (
    <div className={styles.sets}>
      {isChanged && <p className={styles.warning}>{t.otherPairs}</p>}
      {[...bySet].map(([key, rows]) => (
        <SetTable key={key} rows={rows} baseline={baseline} />
      ))}
    </div>
  );
}

function SetTable({ rows, baseline }: { rows: readonly Evaluation[]; baseline: string | null }) {
  const t = useTexts(texts);
  const names = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))];
  const { set, fingerprint } = rows[0]!;
  const heads = [{ name: t.version }, ...names.map((name) => ({ name: headOf(name, t), isNumber: true }))];
  return (
    <div className={styles.set}>
      <p className={styles.caption}>
        <strong>{set}</strong> <code>{fingerprint.replace(/^sha256:/, '').slice(0, 12)}</code>
      </p>
      <Table label={t.ratesOn(set)} heads={heads}>
        {rows.map((row) => (
          <tr key={`${row.version} ${row.by}`}>
            <th scope="row">
              <Link href={`~/ui/${row.by ? `evaluations/${row.by}` : `training/${row.version}`}`}>
                {row.version}
              </Link>
              {row.version === baseline && <span className={styles.note}> {t.baseline}</span>}
            </th>
            {names.map((name) => (
              <RateCell key={name} name={name} row={row} rows={rows} />
            ))}
          </tr>
        ))}
      </Table>
    </div>
  );
}

function RateCell({ name, row, rows }: { name: string; row: Evaluation; rows: readonly Evaluation[] }) {
  const metric = row.metrics[name];
  if (!metric) return <td className={styles.rate}>–</td>;
  const all = rows.flatMap(({ metrics }) => metrics[name]?.value ?? []);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const isLower = isLowerBetter(name) ?? true;
  const goodness = high === low ? 0 : (isLower ? high - metric.value : metric.value - low) / (high - low);
  return (
    <td
      className={styles.rate}
      style={{ background: `color-mix(in srgb, var(--accent) ${Math.round(26 * goodness)}%, transparent)` }}
    >
      {goodness === 1 ? <strong>{percent(metric.value)}</strong> : percent(metric.value)}
      {metric.interval && (
        <span className={styles.interval}>
          {percent(metric.interval[0]!)} – {percent(metric.interval[1]!)}
        </span>
      )}
    </td>
  );
}

/** A share as people read it: 1.25 %. */
export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** An operating point by its metric's name: `fnmrAtFmr.0.001`. */
function headOf(name: string, t: { fnmrAt(rate: string): string; eer: string; accuracy: string }): string {
  const [, rate] = /^fnmrAtFmr\.(.+)$/.exec(name) ?? [];
  if (rate !== undefined) return t.fnmrAt(rate);
  return name === 'eer' || name === 'accuracy' ? t[name] : name;
}
