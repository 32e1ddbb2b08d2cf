import { useTexts } from '../../texts/texts.ts';
import { readingOf } from './curves.tsx';
import styles from './sphere.module.css';
import type { Lab } from './state.ts';
import { curveOf } from './targets.ts';
import { texts } from './texts.ts';
import tones from './tones.module.css';

const [width, height, radius] = [352, 178, 128] as const;
const middle = { x: width / 2, y: height - 24 };

/** A place at an angle, in degrees clockwise from straight up, so far from the middle. */
const place = (degrees: number, far: number) => {
  const radians = (degrees * Math.PI) / 180;
  return { x: middle.x + far * Math.sin(radians), y: middle.y - far * Math.cos(radians) };
};

/** The face and its class on the sphere, where the loss sees the face, and how hard each is turned to the other. */
export function Sphere({ lab }: { lab: Lab }) {
  const t = useTexts(texts);
  const { value, pull } = readingOf(curveOf(lab.loss), lab, lab.angle);
  // the class to the left of the top and the face to the right of it, so that both can move
  const [ownClass, face] = [-lab.angle / 2, lab.angle / 2];
  const isBeyond = value < -1;
  const seen = isBeyond ? 180 : (Math.acos(Math.min(1, value)) * 180) / Math.PI;
  const reach = Math.min(0.42 * lab.angle, (30 * Math.max(0, pull)) / Math.max(1, lab.knobs.s));
  const tone = tones[lab.loss];
  return (
    <figure className={styles.figure}>
      <svg
        aria-hidden
        className={`${tone} ${styles.picture}`}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        <path className={styles.rim} d={arc(-90, 90, radius)} />
        <Ray degrees={ownClass} far={radius} kind="class" name={t.classMark} />
        {!isBeyond && seen > lab.angle + 1 && ownClass + seen <= 90 && (
          <Ray degrees={ownClass + seen} far={radius} kind="seen" name={t.seenMark} />
        )}
        <Ray degrees={face} far={radius} kind="face" name={t.faceMark} />
        {reach > 0.5 && (
          <>
            <Arrow from={face} to={face - reach} />
            <Arrow from={ownClass} to={ownClass + reach} />
          </>
        )}
        <circle className={styles.middle} cx={middle.x} cy={middle.y} r={2.5} />
      </svg>
      <figcaption>
        {t.sphereSays(lab.angle, isBeyond ? t.beyond : `${seen.toFixed(0)}°`, Math.abs(pull).toFixed(1))}
      </figcaption>
    </figure>
  );
}

function arc(from: number, to: number, far: number): string {
  const [a, b] = [place(from, far), place(to, far)];
  return `M${a.x.toFixed(1)} ${a.y.toFixed(1)}A${far} ${far} 0 0 ${to > from ? 1 : 0} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
}

function Ray({
  degrees,
  far,
  kind,
  name,
}: {
  degrees: number;
  far: number;
  kind: 'class' | 'face' | 'seen';
  name?: string;
}) {
  const end = place(degrees, far);
  const letters = place(degrees, far + 12);
  const side = kind === 'class' ? styles.before : styles.after;
  return (
    <g className={styles[kind]}>
      <line x1={middle.x} y1={middle.y} x2={end.x} y2={end.y} />
      {kind !== 'seen' && <circle cx={end.x} cy={end.y} r={5} />}
      {name && (
        <text className={side} x={letters.x} y={letters.y + 3}>
          {name}
        </text>
      )}
    </g>
  );
}

/** Along the rim, from where a thing is to where it is turned. */
function Arrow({ from, to }: { from: number; to: number }) {
  const far = radius - 16;
  const end = place(to, far);
  const back = to > from ? to - 4 : to + 4;
  const [outer, inner] = [place(back, far + 5), place(back, far - 5)];
  return (
    <g className={styles.arrow}>
      <path d={arc(from, to, far)} />
      <path d={`M${outer.x} ${outer.y}L${end.x} ${end.y}L${inner.x} ${inner.y}`} />
    </g>
  );
}
