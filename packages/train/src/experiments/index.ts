/**
 * Pictures and measures of the losses.
 *
 * @module
 */

export { type CurveVariant, curveAngles, curveVariants, type LossCurve, measureCurve } from './curves.ts';
export { numDirections } from './directions.ts';
export { featureVariants } from './feature-variants.ts';
export { type FeatureOptions, type Features, type FeatureVariant, trainFeatures } from './features.ts';
export { type PlotFeaturesOptions, plotFeatures } from './plot-features.ts';
export { plotLosses } from './plot-losses.ts';
