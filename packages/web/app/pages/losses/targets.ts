// The target logits of the losses in closed form, for a browser. test/page/loss-curves.test.ts holds them to the heads that train.

/** What can be moved. `s` is ‖x‖ where a loss has no scale of its own; `quality` is AdaFace's ẑ. */
export type KnobName = 's' | 'm' | 'lambda' | 'm1' | 'm2' | 'm3' | 'quality';
export type Knobs = Record<KnobName, number>;

export interface Knob {
  name: KnobName;
  min: number;
  max: number;
  step: number;
  preset: number;
  /** The option of a recipe that it is; null where training decides it. */
  option: string | null;
}

/** The logit of the right class and −d logit / dθ by radian, both in units of s. */
export interface Target {
  value: number;
  slope: number;
}

export interface LossCurve {
  name: string;
  title: string;
  knobs: readonly Knob[];
  /** @param theta angle between an embedding and its class in radians, 0 to π */
  at(theta: number, knobs: Readonly<Knobs>): Target;
}

const { PI, cos, sin, max } = Math;

const plain = (theta: number): Target => ({ value: cos(theta), slope: sin(theta) });

/** ψ(θ) = (−1)^k·cos(mθ) − 2k on [kπ/m, (k + 1)π/m], mixed with cos θ by λ. */
function multiplied(theta: number, { m, lambda }: Readonly<Knobs>): Target {
  const k = Math.min(m - 1, Math.floor((theta * m) / PI));
  const sign = k % 2 === 0 ? 1 : -1;
  const psi = sign * cos(m * theta) - 2 * k;
  return {
    value: (lambda * cos(theta) + psi) / (1 + lambda),
    slope: (lambda * sin(theta) + sign * m * sin(m * theta)) / (1 + lambda),
  };
}

/** cos(m1·θ + m2), and what goes on falling in its place past π. */
function moved(theta: number, m1: number, m2: number): Target {
  if (m1 * theta + m2 < PI) return { value: cos(m1 * theta + m2), slope: m1 * sin(m1 * theta + m2) };
  const delta = PI - (PI - m2) / m1;
  const drop = m1 === 1 ? m2 * sin(m2) : max(delta * sin(delta), 1 - cos(delta));
  return { value: cos(theta) - drop, slope: sin(theta) };
}

/** cos(θ − m·ẑ) − m·(1 + ẑ), θ − m·ẑ held within 0 … π. */
function byQuality(theta: number, { m, quality }: Readonly<Knobs>): Target {
  const turned = theta - m * quality;
  const down = m * (1 + quality);
  if (turned < 0) return { value: 1 - down, slope: 0 };
  if (turned > PI) return { value: -1 - down, slope: 0 };
  return { value: cos(turned) - down, slope: sin(turned) };
}

const length: Knob = { name: 's', min: 1, max: 100, step: 1, preset: 30, option: null };
const scale = (preset: number): Knob => ({
  name: 's',
  ...{ min: 1, max: 100, step: 1, preset, option: 'scale' },
});
const margin = (preset: number, most: number): Knob => ({
  name: 'm',
  ...{ min: 0, max: most, step: 0.01, preset, option: 'margin' },
});
const times = (preset: number): Knob => ({
  name: 'm',
  ...{ min: 1, max: 4, step: 1, preset, option: 'margin' },
});
const lambda = (preset: number): Knob => ({
  name: 'lambda',
  ...{ min: 0, max: 50, step: 0.5, preset, option: 'lambdaMin' },
});

/** Every loss that has a target logit, in the order they were found. Triplets have none. */
export const lossCurves: readonly LossCurve[] = [
  { name: 'softmax', title: 'Softmax', knobs: [length], at: plain },
  { name: 'center', title: 'Center loss', knobs: [length], at: plain },
  { name: 'l-softmax', title: 'L-Softmax', knobs: [length, times(2), lambda(0)], at: multiplied },
  { name: 'sphereface', title: 'A-Softmax', knobs: [length, times(4), lambda(5)], at: multiplied },
  { name: 'normface', title: 'NormFace', knobs: [scale(20)], at: plain },
  ...[
    { name: 'am-softmax', title: 'AM-Softmax', knobs: [scale(30), margin(0.35, 1)] },
    { name: 'cosface', title: 'CosFace', knobs: [scale(64), margin(0.35, 1)] },
  ].map((loss) => ({
    ...loss,
    at: (theta: number, { m }: Readonly<Knobs>): Target => ({ value: cos(theta) - m, slope: sin(theta) }),
  })),
  {
    name: 'arcface',
    title: 'ArcFace',
    knobs: [scale(64), margin(0.5, 1.5)],
    at: (theta, { m }) => moved(theta, 1, m),
  },
  {
    name: 'combined',
    title: 'Combined',
    knobs: [
      scale(64),
      { name: 'm1', min: 0.5, max: 4, step: 0.05, preset: 1, option: 'm1' },
      { name: 'm2', min: 0, max: 1.5, step: 0.01, preset: 0.3, option: 'm2' },
      { name: 'm3', min: 0, max: 1, step: 0.01, preset: 0.2, option: 'm3' },
    ],
    at(theta, { m1, m2, m3 }) {
      const { value, slope } = moved(theta, m1, m2);
      return { value: value - m3, slope };
    },
  },
  {
    name: 'adaface',
    title: 'AdaFace',
    knobs: [
      ...[scale(64), margin(0.4, 1)],
      { name: 'quality', min: -1, max: 1, step: 0.1, preset: 1, option: null },
    ],
    at: byQuality,
  },
];

const byName = new Map(lossCurves.map((curve) => [curve.name, curve]));

/** The loss of a name; of an unknown one, that with which a training begins if nothing is said. */
export const curveOf = (name: string): LossCurve => byName.get(name) ?? byName.get('arcface')!;

const unmoved: Knobs = { s: 1, m: 0, lambda: 0, m1: 1, m2: 0, m3: 0, quality: 0 };

/** The knobs of a loss as its paper has them. */
export const presetsOf = ({ knobs }: LossCurve): Knobs => ({
  ...unmoved,
  ...Object.fromEntries(knobs.map(({ name, preset }) => [name, preset])),
});

/** What a loss does to a face at an angle. */
export interface Reading extends Target {
  logit: number;
  /** The softmax's own probability of the right class, the others being at 90°. */
  probability: number;
  /** −d L / dθ by radian: how hard the face is turned to its class, and the class to the face. */
  pull: number;
}

/** @param numPeople classes of the softmax, all but the right one at 90° */
export function readAt(curve: LossCurve, theta: number, knobs: Readonly<Knobs>, numPeople: number): Reading {
  const { value, slope } = curve.at(theta, knobs);
  const logit = knobs.s * value;
  const probability = 1 / (1 + (numPeople - 1) * Math.exp(-logit));
  return { value, slope, logit, probability, pull: knobs.s * slope * (1 - probability) };
}

/** The angle in degrees below which the softmax gives the right class more than a half: there the pull ends. */
export function contentBelow(curve: LossCurve, knobs: Readonly<Knobs>, numPeople: number): number {
  const isContent = (theta: number) => knobs.s * curve.at(theta, knobs).value > Math.log(numPeople - 1);
  if (!isContent(0)) return 0;
  let [low, high] = [0, PI];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (isContent(middle)) low = middle;
    else high = middle;
  }
  return (low * 180) / PI;
}
