// The losses as closed forms in plain float64 arithmetic that shares nothing with them: angles come from lengths,
// margins from Math.cos.

export type Matrix = number[][];
/** The closed form around a point: what the loss holds fixed (running statistics, quality) is taken from there. */
export type ClosedForm = (x0: Matrix, w0: Matrix, labels: number[]) => (x: Matrix, w: Matrix) => number;

const length = (v: number[]) => Math.hypot(...v);
export const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
/** The angle by Kahan's formula, which keeps its digits at 0 and π. */
export function angle(a: number[], b: number[]): number {
  const [la, lb] = [length(a), length(b)];
  const minus = length(a.map((value, i) => value / la - b[i]! / lb));
  const plus = length(a.map((value, i) => value / la + b[i]! / lb));
  return 2 * Math.atan2(minus, plus);
}
export const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
export const clip = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

interface Emphasis {
  epsilon?: number;
  gamma?: number;
}

function crossEntropy(logits: number[], y: number, { epsilon = 0, gamma = 0 }: Emphasis = {}): number {
  const top = Math.max(...logits);
  const logSum = top + Math.log(logits.reduce((sum, value) => sum + Math.exp(value - top), 0));
  const entropy =
    (1 - epsilon) * (logSum - logits[y]!) + epsilon * mean(logits.map((value) => logSum - value));
  return (1 - Math.exp(logits[y]! - logSum)) ** gamma * entropy;
}

/** Softmax of s·cos θ with `own(θ, row)` in the place of the label's cosine. */
export const spherical =
  (s: number, own: (theta: number, row: number, x0: Matrix) => number, emphasis?: Emphasis): ClosedForm =>
  (x0, _w0, labels) =>
  (x, w) =>
    mean(
      x.map((row, i) => {
        const logits = w.map((v, j) => {
          const theta = angle(row, v);
          return s * (j === labels[i] ? own(theta, i, x0) : Math.cos(theta));
        });
        return crossEntropy(logits, labels[i]!, emphasis);
      }),
    );

export const arc = (theta: number, m: number) =>
  theta + m < Math.PI ? Math.cos(theta + m) : Math.cos(theta) - m * Math.sin(Math.PI - m);

function psi(theta: number, m: number): number {
  const k = Math.min(m - 1, Math.floor((theta * m) / Math.PI));
  return (-1) ** k * Math.cos(m * theta) - 2 * k;
}

export const annealed =
  (m: number, lambda: number, isNormed: boolean): ClosedForm =>
  (_x0, _w0, labels) =>
  (x, w) =>
    mean(
      x.map((row, i) => {
        const logits = w.map((v, j) => {
          const theta = angle(row, v);
          const radius = length(row) * (isNormed ? 1 : length(v));
          const cos = Math.cos(theta);
          return radius * (j === labels[i] ? (lambda * cos + psi(theta, m)) / (1 + lambda) : cos);
        });
        return crossEntropy(logits, labels[i]!);
      }),
    );

export const linear =
  (emphasis?: Emphasis): ClosedForm =>
  (_x0, _w0, labels) =>
  (x, w) =>
    mean(
      x.map((row, i) =>
        crossEntropy(
          w.map((v) => dot(row, v)),
          labels[i]!,
          emphasis,
        ),
      ),
    );

/** μ and σ after the first batch, from 20 and 100. */
export function quality(x0: Matrix, row: number): number {
  const norms = x0.map((v) => clip(length(v), 0.001, 100));
  const mu = 0.99 * 20 + 0.01 * mean(norms);
  const variance = norms.reduce((sum, value) => sum + (value - mean(norms)) ** 2, 0) / (norms.length - 1);
  const sigma = 0.99 * 100 + 0.01 * Math.sqrt(variance);
  return clip((0.333 * (norms[row]! - mu)) / (sigma + 0.001), -1, 1);
}

export const semiHard: ClosedForm = (_x0, _w0, labels) => (x) => {
  const unit = x.map((row) => row.map((value) => value / length(row)));
  const distance = (a: number, b: number) => length(unit[a]!.map((value, i) => value - unit[b]![i]!)) ** 2;
  const terms: number[] = [];
  for (const a of x.keys()) {
    for (const p of x.keys()) {
      const negatives = [...x.keys()].filter((n) => labels[n] !== labels[a]).map((n) => distance(a, n));
      if (a === p || labels[a] !== labels[p]) continue;
      const farther = negatives.filter((value) => value > distance(a, p));
      const negative = farther.length > 0 ? Math.min(...farther) : Math.max(...negatives);
      terms.push(Math.max(0, distance(a, p) - negative + 0.2));
    }
  }
  return mean(terms);
};
