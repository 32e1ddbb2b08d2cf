import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import UPlot from 'uplot';
import { usePreferences } from '../texts/preferences.tsx';
import styles from './chart.module.css';
import { figure } from './figures.ts';
import { aligned, type Series } from './series.ts';

const HEIGHT = 180;
const dark = matchMedia('(prefers-color-scheme: dark)');
const watchDark = (tell: () => void) => {
  dark.addEventListener('change', tell);
  return () => dark.removeEventListener('change', tell);
};

/** A colour of the page as a canvas takes it. */
function colorIn(host: HTMLElement, color: string): string {
  const probe = document.createElement('i');
  probe.style.color = color;
  host.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/** Curves on a canvas: data that arrive are drawn into what is there; only other series make it anew. */
export default function Plot({ series }: { series: readonly Series[] }) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(null);
  const newest = useRef(series);
  newest.current = series;
  const [told, setTold] = useState('');
  const { theme } = usePreferences();
  const isDark = useSyncExternalStore(watchDark, () => dark.matches);
  const looks = JSON.stringify(series.map(({ name, color, spread }) => [name, color, spread !== undefined]));

  useEffect(() => {
    const div = host.current!;
    // the appearance is set on the page after this effect
    const frame = requestAnimationFrame(() => {
      const made = new UPlot(
        optionsOf(div, newest.current, setTold),
        aligned(newest.current) as UPlot.AlignedData,
        div,
      );
      plot.current = made;
    });
    const sizes = new ResizeObserver(() => plot.current?.setSize({ width: div.clientWidth, height: HEIGHT }));
    sizes.observe(div);
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [looks, theme, isDark]);
  useEffect(() => plot.current?.setData(aligned(series) as UPlot.AlignedData), [series]);

  return (
    <div className={styles.host}>
      <div ref={host} />
      <p className={styles.told}>{told}</p>
    </div>
  );
}

function optionsOf(div: HTMLElement, series: readonly Series[], tell: (text: string) => void): UPlot.Options {
  const color = (name: string) => colorIn(div, name);
  const lines: UPlot.Series[] = [];
  const bands: UPlot.Band[] = [];
  for (const { name, color: own, isBaseline, spread } of series) {
    const stroke = color(own);
    lines.push({ label: name, stroke, width: isBaseline ? 2.5 : 1.5, spanGaps: true, points: { size: 4 } });
    if (!spread) continue;
    const at = 1 + lines.length;
    const edge: UPlot.Series = { label: '', stroke: 'transparent', spanGaps: true, points: { show: false } };
    lines.push(edge, { ...edge });
    bands.push({ series: [at + 1, at], fill: color(`color-mix(in srgb, ${own} 18%, transparent)`) });
  }
  const axis: UPlot.Axis = {
    stroke: color('var(--ink-2)'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: color('var(--line)'), width: 1 },
    ticks: { show: false },
  };
  return {
    ...{ width: Math.max(120, div.clientWidth), height: HEIGHT },
    legend: { show: false },
    cursor: { y: false, drag: { x: true, y: false } },
    scales: { x: { time: false } },
    series: [{}, ...lines],
    bands,
    axes: [
      { ...axis, size: 28, incrs: wholeSteps, values: (_, values) => values.map(short) },
      { ...axis, size: 56, values: (_, values) => values.map(short) },
    ],
    hooks: {
      setCursor: [
        (plot) => {
          const { idx } = plot.cursor;
          const step = idx == null ? null : plot.data[0][idx];
          if (idx == null || step == null) return tell('');
          const values = plot.series.flatMap(({ label }, i) => {
            const value = i > 0 && label ? plot.data[i]?.[idx] : null;
            return value == null ? [] : [`${series.length > 1 ? `${label} ` : ''}${figure(value)}`];
          });
          tell(`${step.toLocaleString('en')}: ${values.join(' · ')}`);
        },
      ],
    },
  };
}

/** Steps are counted: 1, 2, 5, 10, 20, … */
const wholeSteps = Array.from({ length: 27 }, (_, i) => [1, 2, 5][i % 3]! * 10 ** Math.floor(i / 3));

/** As short as an axis needs it: 20k, 0.25. */
const short = (value: number): string =>
  Math.abs(value) >= 10_000 ? `${+(value / 1000).toFixed(1)}k` : String(+value.toPrecision(6));
