import { useMemo } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { Chart } from '../../training/chart.tsx';
import { figure, isFigure } from '../../training/figures.ts';
import { isLowerBetter } from '../../training/is-lower-better.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { texts } from './texts.ts';
import type { LiveCurves } from './use-metrics.ts';
import styles from './version.module.css';

export interface CurveChartsProps {
  curves: LiveCurves;
  error: unknown;
  isActive: boolean;
}

/** A chart for each figure: those that can be better first, others folded away. */
export function CurveCharts({ curves, error, isActive }: CurveChartsProps) {
  const t = useTexts(texts);
  const names = Object.keys(curves).filter(isFigure);
  const [telling, others] = [
    names.filter((name) => isLowerBetter(name) !== null),
    names.filter((name) => isLowerBetter(name) === null),
  ];
  const charts = (shown: readonly string[]) => (
    <div className={styles.charts}>
      {shown.map((name) => (
        <Curve key={name} name={name} points={curves[name]!} />
      ))}
    </div>
  );
  return (
    <section aria-label={t.curves} className={styles.section}>
      <h2>{t.curves}</h2>
      {error !== null && <ErrorNotice error={error} />}
      {names.length === 0 && <p className={styles.quiet}>{isActive ? t.curvesSoon : t.noCurves}</p>}
      {telling.length > 0 && charts(telling)}
      {others.length > 0 && telling.length > 0 ? (
        <details>
          <summary>{others.join(', ')}</summary>
          {charts(others)}
        </details>
      ) : (
        others.length > 0 && charts(others)
      )}
    </section>
  );
}

function Curve({ name, points }: { name: string; points: LiveCurves[string] }) {
  const series = useMemo(() => [{ name, color: 'var(--accent)', points }], [name, points]);
  return <Chart name={name} series={series} note={figure(points.at(-1)?.[1])} />;
}
