import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { Chart, Legend } from '../../training/chart.tsx';
import { isFigure } from '../../training/figures.ts';
import { isLowerBetter } from '../../training/is-lower-better.ts';
import { type Comparison, type Curves, curvesQuery } from '../../training/queries.ts';
import { meanCurve, type Series } from '../../training/series.ts';
import styles from './compare.module.css';
import type { Line } from './looks.ts';
import { texts } from './texts.ts';

export interface OverlaidProps {
  comparison: Comparison;
  lines: readonly Line[];
  colorBy: string;
}

/** The curves of all versions over each other, a chart for each figure. */
export function Overlaid({ comparison: { versions, parameters }, lines, colorBy }: OverlaidProps) {
  const t = useTexts(texts);
  const names = versions.map(({ name }) => name);
  const byName = useQueries({
    queries: names.map(curvesQuery),
    combine: (answers) => new Map(answers.map(({ data = {} }, i) => [names[i]!, data as Curves])),
  });
  const figures = [...new Set([...byName.values()].flatMap((curves) => Object.keys(curves)))].filter(
    isFigure,
  );
  const [telling, others] = [
    figures.filter((figure) => isLowerBetter(figure) !== null),
    figures.filter((figure) => isLowerBetter(figure) === null),
  ];
  const row = parameters.find(({ name }) => name === colorBy);
  const labelled = lines.map((line) => ({
    ...line,
    name: line.versions.length > 1 ? `${line.name}: ${t.seeds(line.versions.length)}` : line.name,
  }));
  const legend = row
    ? [
        ...new Map(
          lines.map((line) => [
            line.color,
            { name: `${colorBy} ${row.values[names.indexOf(line.versions[0]!)] ?? '–'}`, color: line.color },
          ]),
        ).values(),
      ]
    : labelled;
  const charts = (shown: readonly string[]) => (
    <div className={styles.charts}>
      {shown.map((figure) => (
        <FigureChart key={figure} figure={figure} lines={labelled} curves={byName} />
      ))}
    </div>
  );
  return (
    <section aria-label={t.curves} className={styles.section}>
      <h2>{t.curves}</h2>
      {figures.length === 0 ? (
        <p className={styles.quiet}>{t.noCurves}</p>
      ) : (
        <>
          <Legend series={legend} />
          {charts(telling.length > 0 ? telling : others)}
          {telling.length > 0 && others.length > 0 && (
            <details>
              <summary>{others.join(', ')}</summary>
              {charts(others)}
            </details>
          )}
        </>
      )}
    </section>
  );
}

interface FigureChartProps {
  figure: string;
  lines: readonly Line[];
  curves: ReadonlyMap<string, Curves>;
}

function FigureChart({ figure, lines, curves }: FigureChartProps) {
  const series = useMemo(
    () =>
      lines.map(({ versions, ...line }): Series => {
        const own = versions.map((name) => curves.get(name)?.[figure] ?? []);
        return own.length > 1 ? { ...line, ...meanCurve(own) } : { ...line, points: own[0]! };
      }),
    [figure, lines, curves],
  );
  return <Chart name={figure} series={series} />;
}
