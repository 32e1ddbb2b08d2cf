import type { FeatureVariant } from './features.ts';

/**
 * The losses as the feature pictures train them.
 *
 * Eight classes in the plane are 45° apart at best, so cosine margins must stay below 1 − cos 45° = 0.29 there: the
 * papers' 0.35 is for hundreds of dimensions. Scales of 64 want longer trainings than these, and λ falls within some hundred steps instead of some ten thousand.
 */
export const featureVariants: readonly FeatureVariant[] = [
  { loss: 'softmax', label: 'Softmax', options: {} },
  { loss: 'triplet', label: 'Triplet: α = 0.3', options: { margin: 0.3 } },
  { loss: 'center', label: 'Center loss: λ = 0.1', options: { weight: 0.1 } },
  {
    loss: 'l-softmax',
    label: 'L-Softmax: m = 3',
    options: { margin: 3, lambdaGamma: 1, lambdaPower: 1 },
  },
  {
    loss: 'sphereface',
    label: 'A-Softmax: m = 4, λ → 1',
    options: { margin: 4, lambdaGamma: 2, lambdaMin: 1 },
  },
  { loss: 'normface', label: 'NormFace: s = 20', options: {} },
  { loss: 'am-softmax', label: 'AM-Softmax: s = 30, m = 0.2', options: { margin: 0.2 } },
  { loss: 'cosface', label: 'CosFace: s = 40, m = 0.2', options: { scale: 40, margin: 0.2 } },
  { loss: 'arcface', label: 'ArcFace: s = 30, m = 0.5', options: { scale: 30 } },
  { loss: 'combined', label: 'Combined: 1, 0.3, 0.1, s = 30', options: { scale: 30, m3: 0.1 } },
  { loss: 'adaface', label: 'AdaFace: s = 30, m = 0.15', options: { scale: 30, margin: 0.15 } },
];
