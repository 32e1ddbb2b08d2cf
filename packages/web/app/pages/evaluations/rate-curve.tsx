import styles from './evaluations.module.css';

const [WIDTH, HEIGHT] = [420, 260];
const EDGE = { left: 52, right: 12, top: 10, bottom: 40 } as const;

export interface RateCurveProps {
  title: string;
  /** What the axes are. */
  x: string;
  y: string;
  /** Rates, 0 to 1; those of 0 are drawn at the least of the others. */
  points: readonly (readonly number[])[];
  /** Of the second rate; the first is by its logarithm. */
  yScale: 'linear' | 'log';
}

/** A rate over another. */
export function RateCurve({ title, x, y, points, yScale }: RateCurveProps) {
  const least = (at: 0 | 1) =>
    10 **
    Math.floor(Math.log10(Math.min(0.1, ...points.map((point) => point[at]!).filter((rate) => rate > 0))));
  const [leastX, leastY] = [least(0), least(1)];
  const inLog = (rate: number, low: number) => 1 - Math.log10(Math.max(rate, low)) / Math.log10(low);
  const low = yScale === 'linear' ? Math.floor(20 * Math.min(0.95, points[0]?.[1] ?? 0)) / 20 : 0;
  const placeX = (rate: number) => EDGE.left + inLog(rate, leastX) * (WIDTH - EDGE.left - EDGE.right);
  const placeY = (rate: number) => {
    const share = yScale === 'log' ? inLog(rate, leastY) : (rate - low) / (1 - low);
    return HEIGHT - EDGE.bottom - share * (HEIGHT - EDGE.top - EDGE.bottom);
  };
  const decades = (from: number) =>
    Array.from({ length: Math.round(-Math.log10(from)) + 1 }, (_, i) => from * 10 ** i);
  const ticksY =
    yScale === 'log' ? decades(leastY) : [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (1 - low));
  const line = points.map(([a, b]) => `${placeX(a!).toFixed(1)},${placeY(b!).toFixed(1)}`).join(' ');
  return (
    <figure className={styles.curve}>
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title}: ${y}, ${x}`}>
        {decades(leastX).map((rate) => (
          <g key={rate}>
            <line x1={placeX(rate)} x2={placeX(rate)} y1={EDGE.top} y2={HEIGHT - EDGE.bottom} />
            <text x={placeX(rate)} y={HEIGHT - EDGE.bottom + 16} textAnchor="middle">
              {short(rate)}
            </text>
          </g>
        ))}
        {ticksY.map((rate) => (
          <g key={rate}>
            <line x1={EDGE.left} x2={WIDTH - EDGE.right} y1={placeY(rate)} y2={placeY(rate)} />
            <text x={EDGE.left - 6} y={placeY(rate) + 4} textAnchor="end">
              {short(rate)}
            </text>
          </g>
        ))}
        <polyline points={line} />
        <text x={(WIDTH + EDGE.left) / 2} y={HEIGHT - 6} textAnchor="middle">
          {x}
        </text>
      </svg>
    </figure>
  );
}

const short = (rate: number): string =>
  rate > 0 && rate < 1e-3 ? rate.toExponential(0) : String(Number(rate.toPrecision(3)));
