import type { PointerEvent } from 'react';
import { useTexts } from '../../texts/texts.ts';
import styles from './curves.module.css';
import { type Lab, type View, views } from './state.ts';
import { curveOf, type LossCurve, lossCurves, presetsOf, type Reading, readAt } from './targets.ts';
import { texts } from './texts.ts';
import tones from './tones.module.css';
import { useWidth } from './width.ts';

const height = 380;
const frame = { left: 46, right: 20, top: 26, bottom: 40 };
const zones = [
  { from: 0, to: 30, name: 'learnt' },
  { from: 30, to: 60, name: 'learning' },
  { from: 60, to: 90, name: 'starting' },
] as const;

/** What a view draws of a reading. */
export const drawn: Record<View, (reading: Reading) => number> = {
  logit: ({ value }) => value,
  slope: ({ slope }) => slope,
  pull: ({ pull }) => pull,
};

const knobsOf = (curve: LossCurve, lab: Lab) => (curve.name === lab.loss ? lab.knobs : presetsOf(curve));
export const readingOf = (curve: LossCurve, lab: Lab, degrees: number): Reading =>
  readAt(curve, (degrees * Math.PI) / 180, knobsOf(curve, lab), lab.people);

const angles = Array.from({ length: 361 }, (_, i) => i / 2);

/** Numbers round enough to stand at an axis, about five of them. */
function ticksOf(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

function rangeOf(view: View, own: readonly number[]): [number, number] {
  if (view === 'logit') return [Math.min(-2, Math.floor(Math.min(...own))), 1];
  const most = Math.max(view === 'slope' ? 1.5 : 70, ...own);
  return [0, view === 'slope' ? Math.ceil(most * 2) / 2 : Math.ceil(most / 10) * 10];
}

/** Every loss over the angle, the chosen one before the others; the angle follows the pointer. */
export function Curves({ lab, onAngle }: { lab: Lab; onAngle(degrees: number): void }) {
  const t = useTexts(texts);
  const [box, width] = useWidth<HTMLDivElement>(640);
  const chosen = curveOf(lab.loss);
  const shownOf = drawn[lab.view];
  const own = angles.map((degrees) => shownOf(readingOf(chosen, lab, degrees)));
  const [low, high] = rangeOf(lab.view, own);
  const innerWidth = width - frame.left - frame.right;
  const innerHeight = height - frame.top - frame.bottom;
  const x = (degrees: number) => frame.left + (degrees / 180) * innerWidth;
  const y = (value: number) => frame.top + ((high - value) / (high - low)) * innerHeight;
  const names = { learnt: t.learnt, learning: t.learning, starting: t.starting };
  const axis = { logit: t.axisLogit, slope: t.axisSlope, pull: t.axisPull }[lab.view];
  // the chosen one is drawn last, over the others
  const inOrder = [...lossCurves.filter((curve) => curve !== chosen), chosen];
  const at = shownOf(readingOf(chosen, lab, lab.angle));

  const follow = (event: PointerEvent<SVGSVGElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    const degrees = ((event.clientX - left - frame.left) / innerWidth) * 180;
    onAngle(Math.round(Math.min(180, Math.max(0, degrees))));
  };

  return (
    <div ref={box} className={styles.box}>
      <svg
        role="img"
        aria-label={t.chartSays(chosen.title, lab.angle, at.toFixed(2))}
        className={styles.chart}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          follow(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1) follow(event);
        }}
      >
        <clipPath id="curves-inside">
          <rect x={frame.left} y={frame.top} width={innerWidth} height={innerHeight} />
        </clipPath>
        {zones.map(({ from, to, name }) => (
          <g key={name}>
            <rect
              className={styles[name]}
              x={x(from)}
              y={frame.top}
              width={x(to) - x(from)}
              height={innerHeight}
            />
            {width > 560 && (
              <text className={styles.zone} x={(x(from) + x(to)) / 2} y={frame.top - 9}>
                {names[name]}
              </text>
            )}
          </g>
        ))}
        {ticksOf(low, high).map((tick) => (
          <g key={tick}>
            <line
              className={styles.rule}
              x1={frame.left}
              x2={width - frame.right}
              y1={y(tick)}
              y2={y(tick)}
            />
            <text className={styles.tickY} x={frame.left - 8} y={y(tick) + 4}>
              {String(tick).replace('-', '−')}
            </text>
          </g>
        ))}
        {[0, 30, 60, 90, 120, 150, 180].map((degrees) => (
          <text key={degrees} className={styles.tickX} x={x(degrees)} y={height - frame.bottom + 18}>
            {degrees}°
          </text>
        ))}
        <text className={styles.axis} x={frame.left} y={height - 4}>
          {axis}
        </text>
        <text className={styles.axisEnd} x={width - frame.right} y={height - 4}>
          θ
        </text>
        <g clipPath="url(#curves-inside)">
          {inOrder.map((curve) => (
            <path
              key={curve.name}
              className={`${tones[curve.name]} ${styles.line} ${curve === chosen ? styles.chosen : ''}`}
              d={pathOf(angles.map((degrees) => [x(degrees), y(shownOf(readingOf(curve, lab, degrees)))]))}
            />
          ))}
          <line
            className={styles.here}
            x1={x(lab.angle)}
            x2={x(lab.angle)}
            y1={frame.top}
            y2={height - frame.bottom}
          />
        </g>
        {inOrder.map((curve) => {
          const cy = y(shownOf(readingOf(curve, lab, lab.angle)));
          return (
            cy <= height - frame.bottom + 0.5 && (
              <circle
                key={curve.name}
                className={`${tones[curve.name]} ${styles.dot}`}
                cx={x(lab.angle)}
                cy={cy}
                r={curve === chosen ? 6 : 3.5}
              />
            )
          );
        })}
      </svg>
    </div>
  );
}

const pathOf = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

/** Which of the three is drawn, for a choice. */
export function useViews(): { value: View; label: string }[] {
  const t = useTexts(texts);
  const labels = { logit: t.viewLogit, slope: t.viewSlope, pull: t.viewPull };
  return views.map((value) => ({ value, label: labels[value] }));
}
