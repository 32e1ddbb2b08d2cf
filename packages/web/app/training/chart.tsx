import { lazy, Suspense } from 'react';
import { useTexts } from '../texts/texts.ts';
import styles from './chart.module.css';
import { isLowerBetter } from './is-lower-better.ts';
import type { Series } from './series.ts';
import { texts } from './texts.ts';

const Plot = lazy(() => import('./plot.tsx'));

export interface ChartProps {
  name: string;
  series: readonly Series[];
  /** Beside the name: the newest value, say. */
  note?: string;
}

/** Curves of one figure over the steps of their runs; what draws them is loaded when the first is shown. */
export function Chart({ name, series, note }: ChartProps) {
  const t = useTexts(texts);
  const filled = series.filter(({ points }) => points.length > 0);
  const isLower = isLowerBetter(name);
  return (
    <figure className={styles.chart} role="img" aria-label={t.chart(name, filled.length)}>
      <figcaption className={styles.caption}>
        <span className={styles.name}>{name}</span>
        {isLower !== null && <span className={styles.hint}>{isLower ? t.lower : t.higher}</span>}
        {note && <span className={styles.note}>{note}</span>}
      </figcaption>
      <div className={styles.plot}>
        {filled.length === 0 ? (
          <p className={styles.hint}>{t.noPoints}</p>
        ) : (
          <Suspense fallback={null}>
            <Plot series={filled} />
          </Suspense>
        )}
      </div>
    </figure>
  );
}

/** What the colours of charts stand for. */
export function Legend({ series }: { series: readonly Pick<Series, 'name' | 'color' | 'isBaseline'>[] }) {
  return (
    <ul className={styles.legend}>
      {series.map(({ name, color, isBaseline }) => (
        <li key={name}>
          <span
            className={isBaseline ? styles.thick : styles.swatch}
            style={{ background: color }}
            aria-hidden
          />
          {name}
        </li>
      ))}
    </ul>
  );
}
