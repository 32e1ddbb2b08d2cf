import { Pin } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../../texts/texts.ts';
import { duration, figure, isFigure } from '../../training/figures.ts';
import { isLowerBetter } from '../../training/is-lower-better.ts';
import type { Comparison, State } from '../../training/queries.ts';
import { StateBadge } from '../../training/state.tsx';
import styles from './compare.module.css';
import type { Line } from './looks.ts';
import { texts } from './texts.ts';

export interface TablesProps {
  comparison: Comparison;
  lines: readonly Line[];
  onBaseline(name: string): void;
}

type Metric = NonNullable<Comparison['metrics'][number]['values'][number]>;
const bestOf = (metric: Metric | null): number | null => metric?.best?.value ?? metric?.value ?? null;

/** All facts in one table, a column for each version, so that an eye goes down one and across all. */
export function Tables({ comparison, lines, onBaseline }: TablesProps) {
  const t = useTexts(texts);
  const { versions, baseline, metrics, parameters, data, code, environment } = comparison;
  const at = versions.findIndex(({ name }) => name === baseline);
  const colorOf = (name: string) => lines.find((line) => line.versions.includes(name))?.color ?? '';
  const facts = [
    { title: t.parameters, rows: parameters },
    { title: t.data, rows: data },
    { title: t.code, rows: code.differs ? [code] : [] },
    { title: t.environment, rows: environment },
  ].filter(({ rows }) => rows.length > 0);
  return (
    <section aria-label={t.figures} className={styles.section}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever scrolls by keys reaches what scrolls */}
      <div className={styles.scroll} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t.name}</span>
              </th>
              {versions.map(({ name, state, durationMs }) => (
                <th key={name} scope="col" className={name === baseline ? styles.baseline : undefined}>
                  <span className={styles.stripe} style={{ background: colorOf(name) }} aria-hidden />
                  <Link href={`~/ui/training/${name}`}>{name}</Link>
                  <span className={styles.under}>
                    <StateBadge state={state as State} />
                    {durationMs !== null && <span>{duration(durationMs)}</span>}
                  </span>
                  <button
                    type="button"
                    className={styles.pin}
                    aria-pressed={name === baseline}
                    aria-label={t.makeBaseline(name)}
                    onClick={() => onBaseline(name)}
                  >
                    <Pin aria-hidden />
                    {name === baseline && t.baseline}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <Group title={t.figures} columns={versions.length}>
            {metrics
              .filter(({ name }) => isFigure(name))
              .map(({ name, values }) => (
                <MetricRow key={name} name={name} values={values} baseline={at} />
              ))}
          </Group>
          {facts.map(({ title, rows }) => (
            <Group key={title} title={title} columns={versions.length}>
              {rows.map(({ name, values, differs }) => (
                <tr key={name} className={differs ? undefined : styles.same}>
                  <th scope="row">{name}</th>
                  {values.map((value, i) => (
                    <td
                      key={i}
                      className={differs && i !== at && value !== values[at] ? styles.differs : undefined}
                    >
                      {value ?? '–'}
                    </td>
                  ))}
                </tr>
              ))}
            </Group>
          ))}
        </table>
      </div>
      {parameters.length === 0 && <p className={styles.quiet}>{t.sameParameters}</p>}
      {metrics.length > 0 && <p className={styles.quiet}>{t.figuresHint}</p>}
    </section>
  );
}

function Group({ title, columns, children }: { title: string; columns: number; children: ReactNode }) {
  return (
    <tbody>
      <tr className={styles.group}>
        <th scope="rowgroup" colSpan={columns + 1}>
          <span>{title}</span>
        </th>
      </tr>
      {children}
    </tbody>
  );
}

interface MetricRowProps {
  name: string;
  values: readonly (Metric | null)[];
  /** The column that the others are held against. */
  baseline: number;
}

/** A figure of every version at its best, with its distance from the baseline's. */
function MetricRow({ name, values, baseline }: MetricRowProps) {
  const t = useTexts(texts);
  const isLower = isLowerBetter(name);
  const bests = values.map(bestOf);
  const known = bests.filter((value) => value !== null);
  const top = isLower === null || new Set(known).size < 2 ? null : (isLower ? Math.min : Math.max)(...known);
  const base = bests[baseline] ?? null;
  return (
    <tr>
      <th scope="row">{name}</th>
      {values.map((metric, i) => {
        const best = bests[i] ?? null;
        const gap = best === null || base === null || i === baseline ? null : best - base;
        const isBetter = gap !== null && isLower !== null && gap !== 0 && gap < 0 === isLower;
        return (
          <td key={i}>
            <span className={best !== null && best === top ? styles.top : undefined}>{figure(best)}</span>
            {best !== null && best === top && <span className="visually-hidden"> {t.best}</span>}
            {metric?.interval && (
              <span className={styles.under}>
                [{figure(metric.interval.at(0))}, {figure(metric.interval.at(1))}]
              </span>
            )}
            {gap !== null && gap !== 0 && (
              <span className={`${styles.gap} ${isBetter ? styles.better : ''}`}>
                {gap > 0 ? '+' : '−'}
                {figure(Math.abs(gap))}
              </span>
            )}
            {metric?.best && metric.best.value !== metric.value && (
              <span className={styles.under}>{t.last(figure(metric.value))}</span>
            )}
          </td>
        );
      })}
    </tr>
  );
}
