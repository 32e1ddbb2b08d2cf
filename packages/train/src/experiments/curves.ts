import { fromArray, grad, scope, tensor, zeros } from '@semblance/torch';
import { ClassificationHead, createHead, type LossName } from '../losses/index.ts';

/** What one line of the pictures is drawn of. */
export interface CurveVariant {
  loss: LossName;
  label: string;
  options: Readonly<Record<string, unknown>>;
  /** ‖x‖; the radius of the logits where the loss has no s of its own. */
  norm: number;
  /** Running statistics and the like. */
  state?: Readonly<Record<string, number>>;
}

export interface LossCurve extends CurveVariant {
  /** What logits are multiples of: s, or ‖x‖ for losses without one. */
  scale: number;
  /** Target logit at each angle. */
  logit: number[];
  /** −d logit / dθ by radians, as the loss hands it back: how hard the angle is pushed when the loss asks for it. */
  slope: number[];
  /** −d L / dθ beside 9,999 classes at 90°. */
  pull: number[];
}

/** λ at its smallest, as at the end of the training. */
const annealed = (margin: number, lambdaMin: number) => ({ margin, lambdaBase: 0, lambdaMin });

/** The losses with a target logit, with the margins of their papers. Center loss has that of Softmax; triplets have none. */
export const curveVariants: readonly CurveVariant[] = [
  { loss: 'softmax', label: 'Softmax, Center loss: ‖x‖ = 30', options: {}, norm: 30 },
  { loss: 'normface', label: 'NormFace: s = 20', options: {}, norm: 1 },
  { loss: 'l-softmax', label: 'L-Softmax: m = 2, λ = 0, ‖x‖ = 30', options: annealed(2, 0), norm: 30 },
  { loss: 'sphereface', label: 'A-Softmax: m = 4, λ = 0, ‖x‖ = 30', options: annealed(4, 0), norm: 30 },
  { loss: 'sphereface', label: 'A-Softmax: m = 4, λ = 5, ‖x‖ = 30', options: annealed(4, 5), norm: 30 },
  { loss: 'am-softmax', label: 'AM-Softmax: s = 30, m = 0.35', options: {}, norm: 1 },
  { loss: 'cosface', label: 'CosFace: s = 64, m = 0.35', options: {}, norm: 1 },
  { loss: 'arcface', label: 'ArcFace: s = 64, m = 0.5', options: {}, norm: 1 },
  {
    loss: 'arcface',
    label: 'ArcFace, straight-through',
    options: { gradient: 'straight-through' },
    norm: 1,
  },
  { loss: 'combined', label: 'Combined: 1, 0.3, 0.2', options: {}, norm: 1 },
  { loss: 'combined', label: 'Combined: 0.9, 0.4, 0.15', options: { m1: 0.9, m2: 0.4, m3: 0.15 }, norm: 1 },
  { loss: 'adaface', label: 'AdaFace: poor image, ẑ = −1', options: {}, norm: 10, state: qualityAt20() },
  { loss: 'adaface', label: 'AdaFace: good image, ẑ = 1', options: {}, norm: 30, state: qualityAt20() },
];

/** Degrees at which curves are measured: 0 to 180, the ends left out by a hair, since slopes jump there. */
export const curveAngles: readonly number[] = Array.from({ length: 361 }, (_, i) =>
  Math.min(179.95, Math.max(0.05, i / 2)),
);

const numOthers = 9999;

/** The curve of a loss, measured on the very head that training uses, in float64. */
export function measureCurve(variant: CurveVariant): LossCurve {
  using _ = scope();
  const head = createHead(variant.loss, { embeddingSize: 2, numClasses: 2 }, variant.options);
  if (!(head instanceof ClassificationHead)) throw new TypeError(`${variant.loss} has no target logit`);
  try {
    head.to({ dtype: 'float64' }).eval();
    for (const [name, value] of Object.entries(variant.state ?? {})) head.stateDict().get(name)!.fill_(value);
    head
      .classVectors()
      .detach()
      .copy_(
        tensor([
          [1, 0],
          [0, 1],
        ]),
      );
    const radians = Float64Array.from(curveAngles, (degrees) => (degrees * Math.PI) / 180);
    const theta_N = fromArray(radians, [radians.length], { requiresGrad: true });
    const emb_ND = theta_N
      .cos()
      .unsqueeze(1)
      .mul(tensor([[variant.norm, 0]], { dtype: 'float64' }));
    const side_ND = theta_N
      .sin()
      .unsqueeze(1)
      .mul(tensor([[0, variant.norm]], { dtype: 'float64' }));
    const labels_N = zeros([radians.length], { dtype: 'int64' });
    const { withMargin_NK, plain_NK } = head.logits(emb_ND.add(side_ND), labels_N);
    const target_N = withMargin_NK.select(1, 0);
    const [slope_N] = grad([target_N.sum()], [theta_N]);
    const logit = [...(target_N.toArray() as Float64Array)];
    const slope = [...(slope_N!.toArray() as Float64Array)].map((value) => -value);
    const pull = slope.map((value, i) => (value * numOthers) / (numOthers + Math.exp(logit[i]!)));
    return { ...variant, scale: Math.round(plain_NK.amax().item() * 100) / 100, logit, slope, pull };
  } finally {
    head.dispose();
  }
}

/** Statistics under which a norm of 20 is average, 10 poor and 30 good. */
function qualityAt20(): Record<string, number> {
  return { normMean: 20, normStd: 1 };
}
